-- How far the logs of requests were read. A log that was rotated is two files for a while: its writer may go on in the
-- old one.
create table log_position (
    log         text        not null,
    file_key    text        not null,
    head_length integer     not null,
    head_hash   text        not null,
    position    bigint      not null,
    read_at     timestamptz not null default now(),
    primary key (log, file_key)
) with (fillfactor = 70);

comment on column log_position.file_key is 'device and inode: the same file under whatever name';
comment on column log_position.head_hash is 'of the first bytes: an inode is used again, and a file can be emptied';

-- Refused requests that belong together and are not over. It changes with the position of the log they were read from,
-- so that nothing is counted twice or not at all.
create table attempt_burst (
    id           uuid        primary key,
    kind         text        not null,
    login        text        not null,
    target       text        not null,
    address      text        not null,
    shop         text        not null,
    first_at     timestamptz not null,
    last_at      timestamptz not null,
    requests     bigint      not null,
    methods      text[]      not null,
    minute_began timestamptz not null,
    this_minute  integer     not null,
    rapid        boolean     not null,
    continues    uuid,
    told         bigint      not null,
    began_at     timestamptz not null default now(),
    seen_at      timestamptz not null default now(),
    unique (kind, login, target, address)
) with (fillfactor = 70);

create index attempt_burst_by_seen on attempt_burst (seen_at);
create index attempt_burst_untold on attempt_burst (began_at) where told = 0;

comment on column attempt_burst.id is 'also the id of the event that raises the finding';
comment on column attempt_burst.told is 'how many of the requests the finding spoke of; zero before it was raised';
comment on column attempt_burst.seen_at is 'by Postgres'' clock; the other times are the log''s';

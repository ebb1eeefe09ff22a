-- Proofs of isolation that were asked for, each with the report that it ended in.
create table isolation_check (
    id            uuid        primary key,
    shop          text,
    requested_by  text        not null,
    requested_at  timestamptz not null default now(),
    state         text        not null default 'QUEUED' check (state in ('QUEUED', 'RUNNING', 'DONE', 'FAILED')),
    claim         bigint      not null default 0,
    attempt       integer     not null default 0,
    due_at        timestamptz not null default now(),
    started_at    timestamptz,
    finished_at   timestamptz,
    verdict       text,
    failure       text,
    report        text,
    jws           text
);

create index isolation_check_open on isolation_check (due_at) where state in ('QUEUED', 'RUNNING');
create index isolation_check_by_time on isolation_check (requested_at desc, id desc);

comment on column isolation_check.shop is 'null for all shops';
comment on column isolation_check.due_at is 'when it may be worked on; for a running one, when its worker counts as dead';
comment on column isolation_check.report is 'the signed text to the letter';

-- The shops of a check; those with a result are done, so that a check that was cut off goes on with the others.
create table isolation_check_shop (
    check_id uuid not null references isolation_check on delete cascade,
    shop     text not null,
    other    text,
    result   jsonb,
    primary key (check_id, shop)
);

-- What checks put into CouchDB for their time, noted before it is put there.
create table isolation_check_litter (
    check_id uuid not null references isolation_check on delete cascade,
    shop     text not null,
    kind     text not null check (kind in ('LOGIN', 'DATABASE')),
    name     text not null,
    primary key (kind, name)
);

-- The keys that reports were signed with. Only one that was made here, for want of a configured one, has a private half.
create table report_key (
    id          text        primary key,
    public_key  text        not null,
    private_key text,
    made_at     timestamptz not null default now()
);

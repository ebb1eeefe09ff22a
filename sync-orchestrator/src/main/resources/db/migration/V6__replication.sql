-- One row a (database, target, direction): how its replication goes. A row without work costs nothing else.
create table replication_pair (
    physical_name        text        not null,
    target               text        not null,
    direction            text        not null check (direction in ('PUSH', 'PULL')),
    shop                 text        not null,
    engine               text        not null check (engine in ('ON_CHANGE', 'JOBS')),
    state                text        not null default 'WAITING'
        check (state in ('IDLE', 'WAITING', 'SYNCING', 'RETRYING', 'PAUSED', 'FAILED', 'PARKED')),
    paused               boolean     not null default false,
    attempt              integer     not null default 0,
    next_attempt_at      timestamptz,
    created_at           timestamptz not null default now(),
    state_since          timestamptz not null default now(),
    last_run_at          timestamptz,
    last_sync_at         timestamptz,
    last_error           text,
    last_error_detail    text,
    last_error_at        timestamptz,
    pending              bigint,
    source_seq           text,
    runs                 bigint      not null default 0,
    documents_read       bigint      not null default 0,
    documents_written    bigint      not null default 0,
    documents_refused    bigint      not null default 0,
    bytes                bigint      not null default 0,
    busy_millis          bigint      not null default 0,
    reset_requested      boolean     not null default false,
    primary key (physical_name, target, direction)
) with (fillfactor = 70);

create index replication_pair_by_shop on replication_pair (shop);
create index replication_pair_troubled on replication_pair (state, state_since)
    where state in ('RETRYING', 'FAILED', 'PARKED');

comment on column replication_pair.target is '''standby'', or the name of one of the shop''s edges';
comment on column replication_pair.direction is 'PUSH: from our CouchDB to the target; PULL: the other way';
comment on column replication_pair.state is
    'IDLE: the target had all at last_sync_at; WAITING: due, for its turn or for the shop; SYNCING: a run is under way; '
    'RETRYING: failed, again at next_attempt_at; PAUSED: by an operator; FAILED: waits for a person; '
    'PARKED: all is there but documents that the target refuses';
comment on column replication_pair.attempt is 'failures since the last success';
comment on column replication_pair.last_sync_at is 'when the target last had all that the source had';
comment on column replication_pair.last_error is 'a ReplicationReason; null after a success';
comment on column replication_pair.pending is 'changes of the source still to come at the end of the last run; null: unknown';
comment on column replication_pair.source_seq is 'the sequence of the source that both sides'' checkpoints name';
comment on column replication_pair.bytes is 'of JSON, read at the source';
comment on column replication_pair.busy_millis is 'the time that runs took: with the totals it gives the throughput';

-- Revisions that were not copied, until they are.
create table refused_document (
    physical_name text        not null,
    target        text        not null,
    direction     text        not null,
    document_id   text        not null,
    revision      text        not null,
    side          text        not null check (side in ('SOURCE', 'TARGET')),
    cause         text        not null,
    error         text        not null,
    reason        text        not null,
    state         text        not null check (state in ('REFUSED', 'PARKED')),
    attempts      integer     not null default 1,
    guard         text        not null,
    refused_at    timestamptz not null default now(),
    tried_at      timestamptz not null default now(),
    foreign key (physical_name, target, direction) references replication_pair on delete cascade
);

-- An id may be longer than an index takes.
create unique index refused_document_revision
    on refused_document (physical_name, target, direction, md5(document_id), md5(revision));

comment on column refused_document.state is
    'REFUSED: tried again with later runs; PARKED: tried again when the guard changes or someone asks';
comment on column refused_document.guard is 'fingerprint of the security rules under which it was tried';

-- How far each shop was brought about at the standby: databases, guards, _security and logins.
create table standby_shop (
    shop       text        primary key,
    birth      bigint      not null,
    generation bigint      not null,
    policy     text        not null,
    purged     boolean     not null,
    settled_at timestamptz not null default now()
);

comment on column standby_shop.generation is 'the wish that the standby was last made to match';

-- CouchDBs of shops' own.
create table replication_edge (
    shop          text        not null,
    name          text        not null,
    url           text        not null,
    username      text        not null,
    password      bytea       not null,
    password_key  text        not null,
    direction     text        not null check (direction in ('PUSH', 'PULL', 'BOTH')),
    databases     text[]      not null,
    version       bigint      not null default 1,
    changed_by    text        not null,
    created_at    timestamptz not null default now(),
    changed_at    timestamptz not null default now(),
    polled_seq    text,
    poll_at       timestamptz not null default now(),
    poll_attempt  integer     not null default 0,
    primary key (shop, name)
);

create index replication_edge_poll on replication_edge (poll_at) where direction <> 'PUSH';

comment on column replication_edge.password is 'sealed for exactly this shop and edge';
comment on column replication_edge.databases is 'empty: all of the shop''s';
comment on column replication_edge.polled_seq is 'how far the edge''s _db_updates were read';

-- What people asked of replication, and what became of it.
create table sync_command (
    id           uuid        primary key,
    shop         text,
    database     text,
    target       text,
    command      text        not null check (command in ('SYNC', 'PAUSE', 'RESUME', 'RESET_CHECKPOINT', 'VERIFY', 'MEND')),
    requested_by text        not null,
    requested_at timestamptz not null default now(),
    state        text        not null default 'ACCEPTED' check (state in ('ACCEPTED', 'RUNNING', 'DONE', 'FAILED')),
    claimed_until timestamptz,
    ended_at     timestamptz,
    result       jsonb
);

create index sync_command_waiting on sync_command (requested_at) where state in ('ACCEPTED', 'RUNNING');
create index sync_command_by_shop on sync_command (shop, requested_at desc);

comment on column sync_command.shop is 'null: all shops';

-- Databases whose checkpoints are looked at: when next, and what the last look found.
create table sync_database (
    physical_name text        primary key,
    shop          text        not null,
    due_at        timestamptz not null default now(),
    looked_at     timestamptz,
    incarnation   text,
    update_seq    text,
    documents     bigint      not null default 0,
    tombstones    bigint      not null default 0,
    bytes         bigint      not null default 0,
    changed_at    timestamptz,
    failed_since  timestamptz,
    failed_at     timestamptz,
    last_reason   text,
    last_detail   text,
    sampled_at    timestamptz
) with (fillfactor = 70);

create index sync_database_due on sync_database (due_at);
create index sync_database_by_shop on sync_database (shop);

comment on column sync_database.changed_at is 'the look that last saw another update_seq than the one before it';
comment on column sync_database.failed_since is 'since when looks fail; null where the last one succeeded';

-- Replicators as their checkpoints show them: CouchDB says how far they are, only we when they moved.
create table sync_device (
    physical_name text        not null,
    replicator    text        not null,
    session       text        not null,
    kind          text        not null,
    direction     text        not null,
    last_seq      text        not null,
    pending       bigint,
    first_seen_at timestamptz not null,
    moved_at      timestamptz not null,
    primary key (physical_name, replicator)
) with (fillfactor = 70);

comment on column sync_device.pending is 'changes of the database that it has not read; null where that cannot be told';

-- What a pair's row alone does not say: since when it is behind or fails, and what was last told of it as a sample.
create table sync_pair (
    physical_name     text        not null,
    target            text        not null,
    direction         text        not null,
    shop              text        not null,
    behind_since      timestamptz,
    failing_since     timestamptz,
    moved_at          timestamptz not null,
    source_seq        text,
    sampled_read      bigint      not null default 0,
    sampled_written   bigint      not null default 0,
    sampled_refused   bigint      not null default 0,
    sampled_bytes     bigint      not null default 0,
    sampled_busy      bigint      not null default 0,
    sampled_at        timestamptz,
    primary key (physical_name, target, direction)
) with (fillfactor = 70);

create index sync_pair_by_shop on sync_pair (shop);

-- How a shop's sync is, by rules with a memory.
create table sync_shop (
    shop             text        primary key,
    critical         boolean     not null default false,
    evaluate_at      timestamptz not null default now(),
    health           text        not null default 'OK',
    severity         integer     not null default 0,
    health_since     timestamptz not null default now(),
    better_since     timestamptz,
    reason           text,
    databases        text[]      not null default '{}',
    pending          bigint      not null default 0,
    lag_seconds      bigint      not null default 0,
    devices          integer     not null default 0,
    devices_behind   integer     not null default 0,
    devices_stopped  integer     not null default 0,
    last_sync_at     timestamptz
) with (fillfactor = 70);

create index sync_shop_due on sync_shop (evaluate_at) where evaluate_at < 'infinity';
create index sync_shop_critical on sync_shop (shop) where critical;
create index sync_shop_worst on sync_shop (severity desc, lag_seconds desc, shop);

comment on column sync_shop.better_since is 'since when the symptoms are of a better health than the one that stands';

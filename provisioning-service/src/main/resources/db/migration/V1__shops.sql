-- The registry of shops: what is wished for each, and how far CouchDB has been made to match it.
create table shop (
    shop_id      text collate "C" primary key,
    name         text        not null,
    owner        text        not null,
    signup_hash  bytea       not null,
    wish         text        not null check (wish in ('ACTIVE', 'SUSPENDED', 'DELETED')),
    wish_event   uuid        not null,
    status       text        not null,
    reason       text,
    detail       text,
    retry_at     timestamptz,
    databases    jsonb       not null,
    signed_up_at timestamptz not null,
    ready_at     timestamptz,
    changed_at   timestamptz not null,
    purge_after  timestamptz,
    revision     bigint      not null
);
create index shop_by_status on shop (status, shop_id);

-- Passwords of CouchDB logins, sealed with the key that key_id names.
create table credential (
    login     text collate "C" primary key,
    shop_id   text        not null references shop,
    kind      text        not null,
    key_id    text        not null,
    box       bytea       not null,
    issued_at timestamptz not null
);
create index credential_by_shop on credential (shop_id);
create index credential_by_key on credential (key_id);

-- What was asked of a shop after its signup.
create table command (
    id           uuid primary key,
    shop_id      text        not null references shop,
    kind         text        not null,
    actor        text        not null,
    requested_at timestamptz not null,
    outcome      text        not null check (outcome in ('PENDING', 'DONE', 'FAILED')),
    finished_at  timestamptz
);
create index command_by_shop on command (shop_id, requested_at);

-- Requests that carried an Idempotency-Key, so that the same one is not carried out twice.
create table idempotency_key (
    caller       text        not null,
    key          text        not null,
    request_hash bytea       not null,
    answer       uuid        not null,
    used_at      timestamptz not null default now(),
    primary key (caller, key)
);
create index idempotency_key_used_at on idempotency_key (used_at);

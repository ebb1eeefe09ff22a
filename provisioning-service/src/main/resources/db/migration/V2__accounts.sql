-- People and programs that get their tokens here, where no OIDC provider is at hand.
create table account (
    name          text collate "C" primary key,
    password_salt bytea       not null,
    password_hash bytea       not null,
    iterations    integer     not null,
    roles         text[]      not null,
    shops         text[]      not null,
    created_at    timestamptz not null
);

-- The key that signs tokens where none is configured, sealed with the key that key_id names.
create table signing_key (
    id         text primary key,
    key_id     text        not null,
    box        bytea       not null,
    created_at timestamptz not null
);

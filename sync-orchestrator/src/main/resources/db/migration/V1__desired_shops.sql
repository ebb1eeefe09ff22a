-- What is wished for each shop, and how far CouchDB has followed. The row is also the work queue: a worker claims it,
-- and whatever becomes of the worker, the row says when the shop is due again.
create table shop (
    shop_id             text        primary key,
    name                text        not null,
    wanted              text        not null check (wanted in ('ACTIVE', 'SUSPENDED', 'DELETED')),
    purge_after         timestamptz check ((wanted = 'DELETED') = (purge_after is not null)),
    databases           text[]      not null,
    retired_databases   text[]      not null,
    logins              jsonb       not null,
    generation          bigint      not null,
    birth               bigint      not null,
    cause               uuid        not null,
    wished_at           timestamptz not null,

    observed_generation bigint      not null default 0,
    applied_policy      text,
    settled_at          timestamptz,
    purged              boolean     not null default false,

    urgent              boolean     not null default true,
    next_reconcile_at   timestamptz not null default now(),
    revision            bigint      not null default 1,
    attempt             integer     not null default 0,
    failed              boolean     not null default false,
    last_reason         text,
    last_detail         text,

    claim               bigint      not null default 0,
    claimed_by          text,
    claimed_until       timestamptz
) with (fillfactor = 70);

create index shop_urgent on shop (next_reconcile_at) where urgent;
create index shop_routine on shop (next_reconcile_at) where not urgent;
create index shop_failed on shop (shop_id) where failed;

comment on column shop.retired_databases is 'once in the catalogue: kept, closed to everyone but server admins';
comment on column shop.generation is 'grows with each wish';
comment on column shop.birth is 'the wish by which this shop signed up; beyond 1 where the id had another shop before';
comment on column shop.observed_generation is 'the last wish that CouchDB was made to match';
comment on column shop.applied_policy is 'fingerprint of the security rules that CouchDB was made to match';
comment on column shop.urgent is 'a wish or a request waits, as against a turn in the full pass';
comment on column shop.revision is 'grows with all that makes the shop due anew, so that it is seen by who works on it';
comment on column shop.attempt is 'claims since the last wish, request or success';
comment on column shop.claim is 'grows with each claim, so that a worker that lost its lease is known';

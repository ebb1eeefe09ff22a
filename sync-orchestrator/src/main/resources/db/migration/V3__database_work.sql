-- What databases are due for. A row that is due at infinity has nothing to do.
create table database_work (
    kind          text        not null,
    physical_name text        not null,
    shop          text        not null,
    due_at        timestamptz not null default now(),
    marks         bigint      not null default 1,
    attempt       integer     not null default 0,
    last_reason   text,
    claim         bigint      not null default 0,
    claimed_until timestamptz,
    primary key (kind, physical_name)
) with (fillfactor = 70);

create index database_work_due on database_work (kind, due_at) where due_at < 'infinity';
create index database_work_claimed on database_work (kind, shop) where claimed_until is not null;

comment on column database_work.marks is 'grows with each mark, so that one made during the work is not lost';
comment on column database_work.claim is 'grows with each claim, so that a worker that lost its lease is known';

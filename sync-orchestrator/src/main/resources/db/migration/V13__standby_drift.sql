-- Drift at the standby, as drift_note holds that of the first CouchDB. settled_times tells a look that somebody else has
-- settled the shop since: at the standby no claim on the shop does.
alter table standby_shop add column settled_times bigint not null default 0;

create table standby_drift_note (
    shop     text        not null references standby_shop on delete cascade,
    repair   text        not null,
    target   text        not null,
    found    text        not null,
    noted_at timestamptz not null default now(),
    primary key (shop, repair, target)
);

comment on column standby_drift_note.target is 'physical name of the database, or the login';
comment on column standby_drift_note.found is 'what was there instead, for people; never a document''s body or a key';

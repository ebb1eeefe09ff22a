-- Drift that was found, noted before it is put right: a worker that dies after a repair, or never hears that it was made,
-- leaves the note behind, and whoever settles the shop next reports it.
create table drift_note (
    shop     text        not null references shop on delete cascade,
    repair   text        not null,
    target   text        not null,
    found    text        not null,
    noted_at timestamptz not null default now(),
    primary key (shop, repair, target)
);

comment on column drift_note.target is 'physical name of the database, or the login';
comment on column drift_note.found is 'what was there instead, for people; never a document''s body or a key';

-- Who does what only one replica may do.
create table leadership (
    name       text        primary key,
    holder     text        not null,
    held_until timestamptz not null
);

-- The sequence at which each database was last announced as changed.
create table seen_sequence (
    physical_name text primary key,
    update_seq    text not null
) with (fillfactor = 70);

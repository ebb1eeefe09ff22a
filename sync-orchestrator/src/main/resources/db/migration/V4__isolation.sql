-- How far each database was scanned.
create table scan_state (
    physical_name text        primary key,
    incarnation   text        not null,
    scanned_to    text        not null,
    scanned_at    timestamptz not null default now()
) with (fillfactor = 70);

comment on column scan_state.incarnation is 'CouchDB''s instance_start_time: another one is another database';

-- What was found where it does not belong. The bodies are in CouchDB's quarantine database; here is what became of them.
create table quarantined_document (
    id            uuid        primary key,
    shop          text        not null,
    physical_name text        not null,
    document_id   text        not null,
    revision      text        not null,
    deleted       boolean     not null,
    finding       text        not null,
    found_shop_id text,
    sha256        text        not null,
    found_at      timestamptz not null default now(),
    state         text        not null check (state in ('COPIED', 'SETTLED', 'RELEASED', 'DISCARDED')),
    action        text,
    decided_by    text,
    decided_at    timestamptz
);

create index quarantined_document_unsettled on quarantined_document (physical_name) where state = 'COPIED';
create index quarantined_document_by_time on quarantined_document (found_at desc, id desc);
create index quarantined_document_by_shop on quarantined_document (shop, found_at desc, id desc);

comment on column quarantined_document.state is
    'COPIED: the copy is stored, the original may still be there; SETTLED: dealt with by policy and reported';

-- Violations that are reported once and leave no other trace.
create table raised_finding (
    key       text        primary key,
    raised_at timestamptz not null default now()
);

-- Findings: one row a violation, written in the transaction that records its event in the ledger.
create type severity as enum ('INFO', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL');

create table finding (
    id            uuid        primary key,
    time          timestamptz not null,
    shop          text        not null,
    kind          text        not null,
    severity      severity    not null,
    database      text,
    document_id   text,
    revision      text,
    found_shop    text,
    actor         text,
    action        text        not null,
    quarantine_id text,
    details       jsonb       not null,
    cause         uuid,
    recorded_at   timestamptz not null default now()
);

create index finding_by_time on finding (time, id);
create index finding_by_shop on finding (shop, time, id);
create index finding_by_kind on finding (kind, time, id);
create index finding_by_severity on finding (severity, time, id);

create trigger append_only before update or delete on finding
    for each row execute function refuse_change();
create trigger append_only_whole before truncate on finding
    for each statement execute function refuse_change();

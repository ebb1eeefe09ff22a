-- What a finding that went on after it was raised came to. The finding itself is never changed.
create table finding_ended (
    id          uuid        primary key,
    finding     uuid        not null,
    time        timestamptz not null,
    details     jsonb       not null,
    recorded_at timestamptz not null default now()
);

create index finding_ended_by_finding on finding_ended (finding, time desc);

create trigger append_only before update or delete on finding_ended
    for each row execute function refuse_change();
create trigger append_only_whole before truncate on finding_ended
    for each statement execute function refuse_change();

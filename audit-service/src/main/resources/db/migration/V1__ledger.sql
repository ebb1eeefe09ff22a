-- The ledger: every fact once, for ever, in partitions of one month (UTC).
--
-- An event's time is part of the event and never changes, so that (id, time) is as unique as the id alone, which a
-- partitioned table could not enforce.
create table ledger_event (
    id          uuid        not null,
    time        timestamptz not null,
    shop        text        not null,
    type        text        not null,
    topic       text        not null,
    source      text        not null,
    cause       uuid,
    actor       text,
    data        jsonb       not null,
    recorded_at timestamptz not null default now(),
    primary key (id, time)
) partition by range (time);

-- One index for each way of asking; each ends in what pages are cut by.
create index ledger_event_by_time on ledger_event (time, id);
create index ledger_event_by_shop on ledger_event (shop, time, id);
create index ledger_event_by_type on ledger_event (type, time, id);

-- Append-only, also for the tables' owner.
create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only: % refused', tg_table_name, lower(tg_op)
        using errcode = 'insufficient_privilege';
end
$$;

create trigger append_only before update or delete on ledger_event
    for each row execute function refuse_change();
create trigger append_only_whole before truncate on ledger_event
    for each statement execute function refuse_change();

-- Whether there is a relation of that name. It asks the table, not to_regclass: what that has cached as missing can
-- have been made by another session while this one waited for a lock.
create function relation_exists(name text) returns boolean language sql set search_path from current as $$
    select exists (select from pg_class where relname = name and relnamespace = current_schema()::regnamespace)
$$;

-- Makes the partition of a month (any day in it); false where it was there already.
--
-- The table is made first and attached then: unlike CREATE TABLE ... PARTITION OF, this does not lock out those who
-- write meanwhile. It runs as its owner, so that the service's own role needs no more than insert and select.
create function ledger_ensure_month(day date) returns boolean
    language plpgsql security definer set search_path from current as $$
declare
    first_day date := date_trunc('month', day);
    part      text := 'ledger_event_' || to_char(first_day, 'YYYY_MM');
begin
    if relation_exists(part) then
        return false;
    end if;
    perform pg_advisory_xact_lock(hashtext('ledger_ensure_month'));
    if relation_exists(part) then
        return false;
    end if;
    execute format('create table %I (like ledger_event including defaults including indexes)', part);
    execute format('create trigger append_only_whole before truncate on %I '
                   'for each statement execute function refuse_change()', part);
    execute format('alter table ledger_event attach partition %I for values from (%L) to (%L)', part,
                   first_day::timestamp at time zone 'UTC',
                   (first_day + interval '1 month') at time zone 'UTC');
    return true;
end
$$;

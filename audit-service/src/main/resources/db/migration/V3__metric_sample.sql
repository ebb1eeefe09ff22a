-- Samples: measurements in partitions of one day (UTC), forgotten after a retention. They are no facts of the ledger.
create table metric_sample (
    id       uuid        not null,
    time     timestamptz not null,
    shop     text        not null,
    type     text        not null,
    data     jsonb       not null,
    database text        generated always as (data ->> 'database') stored,
    primary key (id, time)
) partition by range (time);

create index metric_sample_by_shop on metric_sample (shop, time, id);
create index metric_sample_by_type on metric_sample (type, time);

-- Makes the partition of a day; false where it was there already. See ledger_ensure_month for why it is so made.
create function metric_ensure_day(day date) returns boolean
    language plpgsql security definer set search_path from current as $$
declare
    part text := 'metric_sample_' || to_char(day, 'YYYY_MM_DD');
begin
    if relation_exists(part) then
        return false;
    end if;
    perform pg_advisory_xact_lock(hashtext('metric_ensure_day'));
    if relation_exists(part) then
        return false;
    end if;
    execute format('create table %I (like metric_sample including all)', part);
    execute format('alter table metric_sample attach partition %I for values from (%L) to (%L)', part,
                   day::timestamp at time zone 'UTC', (day + 1)::timestamp at time zone 'UTC');
    return true;
end
$$;

-- Drops the partitions of all days before the given one; answers how many.
create function metric_drop_before(day date) returns integer
    language plpgsql security definer set search_path from current as $$
declare
    part    text;
    dropped integer := 0;
begin
    perform pg_advisory_xact_lock(hashtext('metric_ensure_day'));
    for part in
        select child.relname
        from pg_inherits join pg_class child on child.oid = inhrelid
        where inhparent = 'metric_sample'::regclass
          and child.relname < 'metric_sample_' || to_char(day, 'YYYY_MM_DD')
    loop
        execute format('drop table %I', part);
        dropped := dropped + 1;
    end loop;
    return dropped;
end
$$;

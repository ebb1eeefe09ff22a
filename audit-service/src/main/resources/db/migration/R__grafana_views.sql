-- What dashboards may read: views of their own schema, so that a dashboard's login needs no table, sees no event's data,
-- and tables may change underneath. Each has a column "time" to filter by, which reaches the partitions.
drop schema if exists grafana cascade;
create schema grafana;

create view grafana.event as
    select time, shop, type, topic, source, actor, id, cause
    from ledger_event;

create view grafana.finding as
    select time, shop, kind, severity, database, document_id, revision, found_shop, actor, action, quarantine_id, id
    from finding;

-- To whom the passwords of which logins were shown.
create view grafana.connection_shown as
    select time, shop, actor, data ->> 'logins' as logins
    from ledger_event
    where type = 'shopsync.shop.connection-shown.v1';

-- One row a signup; ready_at and seconds are null until the shop is ready.
create view grafana.signup as
    select signup.time, signup.shop, ready.at as ready_at, extract(epoch from ready.at - signup.time) as seconds
    from ledger_event signup
    left join lateral (
        select min(event.time) as at
        from ledger_event event
        where event.shop = signup.shop
          and event.type = 'shopsync.sync.shop-provisioned.v1'
          and event.time >= signup.time) ready on true
    where signup.type = 'shopsync.shop.created.v1';

create view grafana.database_size as
    select time, shop, database,
           (data ->> 'documents')::bigint        as documents,
           (data ->> 'deletedDocuments')::bigint as deleted_documents,
           (data ->> 'bytes')::bigint            as bytes
    from metric_sample
    where type = 'shopsync.metrics.database-size.v1';

create view grafana.replication as
    select time, shop, database, data ->> 'engine' as engine, data ->> 'target' as target,
           data ->> 'direction' as direction,
           (data ->> 'documentsRead')::bigint    as documents_read,
           (data ->> 'documentsWritten')::bigint as documents_written,
           (data ->> 'documentsFailed')::bigint  as documents_failed,
           (data ->> 'bytesRead')::bigint        as bytes_read,
           (data ->> 'busyMillis')::bigint       as busy_millis,
           (data ->> 'pending')::bigint          as pending,
           (data ->> 'lagMillis')::bigint        as lag_millis
    from metric_sample
    where type = 'shopsync.metrics.replication.v1';

create view grafana.device as
    select time, shop, database,
           (data ->> 'devices')::bigint   as devices,
           (data ->> 'behind')::bigint    as behind,
           (data ->> 'stopped')::bigint   as stopped,
           (data ->> 'pending')::bigint   as pending,
           (data ->> 'lagMillis')::bigint as lag_millis
    from metric_sample
    where type = 'shopsync.metrics.devices.v1';

-- One row a change of a shop's health.
create view grafana.sync_health as
    select time, shop, data ->> 'before' as before, data ->> 'now' as now, data ->> 'reason' as reason,
           data ->> 'databases' as databases
    from ledger_event
    where type = 'shopsync.sync.health-changed.v1';

-- Samples of every type, also those that no view of their own shows yet.
create view grafana.sample as
    select time, shop, type, database, data
    from metric_sample;

-- Where the dashboards' login is there, as in deploy/postgres, it reads these and nothing else.
do $$
begin
    if exists (select from pg_roles where rolname = 'grafana') then
        grant usage on schema grafana to grafana;
        grant select on all tables in schema grafana to grafana;
    end if;
end
$$;

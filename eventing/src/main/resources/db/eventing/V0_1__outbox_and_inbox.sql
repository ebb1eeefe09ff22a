-- Events to publish, written in the transaction of the change they tell of; the relay deletes what Kafka has.
create table outbox (
    id          bigint generated always as identity primary key,
    topic       text        not null,
    shop        text        not null,
    payload     bytea       not null,
    traceparent text,
    written_at  timestamptz not null default now()
);

-- Ids of events already handled, written in the transaction of their effect.
create table inbox (
    event_id uuid        primary key,
    seen_at  timestamptz not null default now()
);
create index inbox_seen_at on inbox (seen_at);

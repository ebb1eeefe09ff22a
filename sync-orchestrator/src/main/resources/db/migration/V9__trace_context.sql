-- One trace runs from the request that made the wish to what is told of its outcome, however long that takes.
alter table shop add column traceparent text;

comment on column shop.traceparent is 'W3C trace context of the event that made the wish; null where it had none';

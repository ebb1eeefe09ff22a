-- What we know of the job in CouchDB's replicator that keeps a pair; a pair that another engine keeps has none.
create table replication_job (
    physical_name     text        not null,
    target            text        not null,
    direction         text        not null,
    fingerprint       text        not null,
    births            text        not null,
    written_at        timestamptz not null default now(),
    checkpoint        text,
    through_seq       text,
    head_seq          text,
    judged_seq        text,
    moved_at          timestamptz not null default now(),
    behind_since      timestamptz,
    documents_read    bigint      not null default 0,
    documents_written bigint      not null default 0,
    documents_refused bigint      not null default 0,
    primary key (physical_name, target, direction),
    foreign key (physical_name, target, direction) references replication_pair on delete cascade
);

comment on column replication_job.fingerprint is
    'of the job''s document as it was written, passwords left out: what is otherwise with the same wish is drift';
comment on column replication_job.births is 'when source and target were made: a job does not notice that one was made anew';
comment on column replication_job.checkpoint is 'the _local document, on both sides, that CouchDB''s replicator keeps for it';
comment on column replication_job.through_seq is 'up to where the target had the source at the last look';
comment on column replication_job.head_seq is 'the source''s last sequence at the last look';
comment on column replication_job.judged_seq is 'up to where it is known which documents the target refuses';
comment on column replication_job.moved_at is 'when it was last seen to have advanced';
comment on column replication_job.documents_read is 'as CouchDB counts, which goes on over restarts of a job';

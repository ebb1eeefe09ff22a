-- What people decide about quarantined documents. Each decision is noted before anything is done about it, so that one
-- that was cut off is brought to its end.
alter table quarantined_document
    drop constraint quarantined_document_state_check,
    add constraint quarantined_document_state_check check
        (state in ('COPIED', 'SETTLED', 'RELEASING', 'RELEASED', 'DISCARDING', 'DISCARDED')),
    add column release_to    text check (release_to in ('OWNER', 'BACK')),
    add column released_into text,
    add column reason        text;

create index quarantined_document_deciding on quarantined_document (decided_at)
    where state in ('RELEASING', 'DISCARDING');
create index quarantined_document_of_document on quarantined_document (physical_name, document_id);

comment on column quarantined_document.state is
    'COPIED: the copy is stored, the original may still be there; SETTLED: dealt with by policy and reported; '
    'RELEASING, DISCARDING: decided, and to be brought to its end; RELEASED, DISCARDED: the copy is gone';
comment on column quarantined_document.released_into is 'physical name of the database it was or is being written to';

-- When _security, guard and _local documents were last looked at, which a busy database is spared at each wake-up.
alter table scan_state add column looked_at timestamptz;

-- Databases that are at the standby, closed to all but server admins and without their guard, until they are filled.
alter table standby_shop add column filling text[] not null default '{}';

comment on column standby_shop.filling is 'physical names';

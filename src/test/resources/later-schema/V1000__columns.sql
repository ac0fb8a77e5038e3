alter table delivery add column if not exists weight integer;
alter table lane add column if not exists note varchar(100) default '' not null;
alter table story add column if not exists weight integer;
create table if not exists next_release (id bigint primary key);

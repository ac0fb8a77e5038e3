create table inbox_head (
    id smallint primary key check (id = 1),
    position bigint not null
);
insert into inbox_head (id, position) values (1, 17);

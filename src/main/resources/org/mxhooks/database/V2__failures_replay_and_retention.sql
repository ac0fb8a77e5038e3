-- What lies at or before its beginning is none of the consumer's business.
alter table lane add column began bigint default 0 not null;
-- How often the lane was claimed since its cursor moved last.
alter table lane add column claims smallint default 0 not null;

-- Which node has which consumer: among these the lanes are shared.
create table follower (
    consumer varchar(200) not null references consumer (name),
    node uuid not null,
    lease_until timestamp with time zone not null,
    primary key (consumer, node)
);

-- An event that a consumer has not dealt with though its cursor has passed it. Due: when it is tried next; empty where it
-- waits behind another of the same resource, or is dead.
create table parked (
    consumer varchar(200) not null references consumer (name),
    position bigint not null references delivery (position),
    lane smallint not null,
    resource varchar(200),
    replay boolean not null,
    dead boolean not null,
    due timestamp with time zone,
    attempts integer not null,
    -- Attempts in a row that came to no end: the node died.
    unended smallint not null,
    parked_at timestamp with time zone not null,
    failed_at timestamp with time zone,
    dead_at timestamp with time zone,
    reason varchar(500),
    message varchar(1000),
    trace text,
    primary key (consumer, position)
);
create index parked_due on parked (consumer, due);
create index parked_resource on parked (consumer, resource, position);
create index parked_position on parked (position);
create index parked_tally on parked (consumer, dead, replay, position);

create index delivery_received on delivery (received_at);

-- How many deliveries a lane has up to a position, so that nobody counts them all.
create table milestone (
    position bigint not null,
    lane smallint not null,
    deliveries bigint not null,
    primary key (position, lane)
);

-- One row: up to where bodies were emptied or deliberately kept.
create table retention (
    id smallint primary key check (id = 1),
    position bigint not null
);
insert into retention (id, position) values (1, 0);

-- Bodies that were old enough but belonged to parked or dead work.
create table kept_body (
    position bigint primary key references delivery (position)
);

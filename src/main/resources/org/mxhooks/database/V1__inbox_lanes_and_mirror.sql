-- One row: its lock is the turn to append, its value the last position given out.
create table inbox_head (
    id smallint primary key check (id = 1),
    position bigint not null
);
insert into inbox_head (id, position) values (1, 0);

create table delivery (
    position bigint primary key,
    delivery uuid not null unique,
    endpoint varchar(63) not null,
    identity varchar(128) not null,
    received_at timestamp with time zone not null,
    lane smallint not null,
    portal_id varchar(200),
    category varchar(100) not null,
    action varchar(100) not null,
    app_id varchar(100),
    resource_type varchar(50),
    resource_id varchar(100),
    created_at timestamp with time zone,
    updated_at timestamp with time zone,
    remarks text not null,
    undecodable text,
    headers text not null,
    body bytea,
    constraint delivery_identity unique (endpoint, identity)
);
create index delivery_lane on delivery (lane, position);

create table consumer (
    name varchar(200) primary key,
    registered_at timestamp with time zone not null
);

create table lane (
    consumer varchar(200) not null references consumer (name),
    lane smallint not null,
    position bigint not null,
    owner uuid,
    token bigint not null,
    lease_until timestamp with time zone,
    primary key (consumer, lane)
);

create table story (
    app_id varchar(100) not null,
    story_id bigint not null,
    parent_id bigint,
    parent_type text,
    name text,
    description text,
    status text,
    story_type text,
    has_sub_stories boolean,
    creation_date timestamp with time zone,
    created_at timestamp with time zone,
    updated_at timestamp with time zone,
    position bigint not null,
    delivery varchar(36) not null,
    revision bigint not null,
    primary key (app_id, story_id)
);

create table sprint (
    app_id varchar(100) not null,
    sprint_id bigint not null,
    name text,
    description text,
    status text,
    start_date timestamp with time zone,
    end_date timestamp with time zone,
    creation_date timestamp with time zone,
    created_at timestamp with time zone,
    updated_at timestamp with time zone,
    position bigint not null,
    delivery varchar(36) not null,
    revision bigint not null,
    primary key (app_id, sprint_id)
);

-- Tables of a peer; those of stories stay empty where it only keeps deliveries.
create table delivery (
    id varchar(36) primary key,
    identity bytea not null unique,
    received_at timestamp with time zone not null,
    body bytea not null
);
create table story (
    app_id varchar(100) not null,
    story_id bigint not null,
    delivery varchar(36) not null,
    updated_at timestamp with time zone not null,
    name text,
    description text,
    status text,
    story_type text,
    primary key (app_id, story_id)
);
create table story_version (
    delivery varchar(36) primary key,
    app_id varchar(100) not null,
    story_id bigint not null,
    updated_at timestamp with time zone not null,
    name text,
    description text,
    status text,
    story_type text,
    superseded_at timestamp with time zone not null
);
create index story_version_story on story_version (app_id, story_id, updated_at);

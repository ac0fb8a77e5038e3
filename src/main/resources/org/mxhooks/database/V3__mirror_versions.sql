-- Who changed it last and in which project, as the portal tells it. What is here already gets it with its next change.
alter table story add column sender_name text;
alter table story add column sender_full_name text;
alter table story add column sender_email_address text;
alter table story add column project_name text;
alter table sprint add column sender_name text;
alter table sprint add column sender_full_name text;
alter table sprint add column sender_email_address text;
alter table sprint add column project_name text;

-- An index has room for so much only.
update story set status = substring(status from 1 for 200) where char_length(status) > 200;
update story set story_type = substring(story_type from 1 for 200) where char_length(story_type) > 200;
update sprint set status = substring(status from 1 for 200) where char_length(status) > 200;

-- Lists: a filter's column, then their order. The type stands at the end for who asks for a status and a type.
create index story_changed on story (app_id, updated_at, position);
create index story_status on story (app_id, status, updated_at, position, story_type);
create index story_type on story (app_id, story_type, updated_at, position);
create index story_parent on story (app_id, parent_id, updated_at, position);
create index sprint_changed on sprint (app_id, updated_at, position);
create index sprint_status on sprint (app_id, status, updated_at, position);

-- Versions that are no longer, or never were, the current one: that one is in story and moves here when a newer one comes.
create table story_version (
    app_id varchar(100) not null,
    story_id bigint not null,
    delivery varchar(36) not null,
    position bigint not null,
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
    sender_name text,
    sender_full_name text,
    sender_email_address text,
    project_name text,
    superseded_at timestamp with time zone not null,
    primary key (app_id, story_id, delivery)
);
create index story_version_changed on story_version (app_id, story_id, updated_at, position);
create index story_version_superseded on story_version (superseded_at);

create table sprint_version (
    app_id varchar(100) not null,
    sprint_id bigint not null,
    delivery varchar(36) not null,
    position bigint not null,
    name text,
    description text,
    status text,
    start_date timestamp with time zone,
    end_date timestamp with time zone,
    creation_date timestamp with time zone,
    created_at timestamp with time zone,
    updated_at timestamp with time zone,
    sender_name text,
    sender_full_name text,
    sender_email_address text,
    project_name text,
    superseded_at timestamp with time zone not null,
    primary key (app_id, sprint_id, delivery)
);
create index sprint_version_changed on sprint_version (app_id, sprint_id, updated_at, position);
create index sprint_version_superseded on sprint_version (superseded_at);

-- Times are milliseconds since the epoch.
create table if not exists app (
  seq bigint generated always as identity,
  id varchar(36) primary key,
  name varchar(200) not null,
  prefix varchar(10) not null,
  created_at bigint not null,
  stories bigint not null,
  sprints bigint not null,
  packages bigint not null
);

create table if not exists sprint (
  app varchar(36) not null,
  id bigint not null,
  name varchar(200) not null,
  status varchar(20) not null,
  start_date bigint,
  end_date bigint,
  created_at bigint not null,
  updated_at bigint not null,
  version int not null,
  primary key (app, id)
);

create table if not exists story (
  app varchar(36) not null,
  id bigint not null,
  name varchar(200) not null,
  description varchar(10000),
  status varchar(20) not null,
  story_type varchar(20) not null,
  sprint bigint,
  parent bigint,
  has_sub_stories boolean not null,
  created_at bigint not null,
  updated_at bigint not null,
  version int not null,
  primary key (app, id)
);
create index if not exists story_of_sprint on story (app, sprint, id);

create table if not exists branch (
  app varchar(36) not null,
  name varchar(200) not null,
  head varchar(40) not null,
  primary key (app, name)
);

-- When a resource without a row of its own was last said to have changed.
create table if not exists moment (
  app varchar(36) not null,
  resource varchar(500) not null,
  at bigint not null,
  primary key (app, resource)
);

create table if not exists webhook (
  seq bigint generated always as identity,
  id varchar(50) primary key,
  app varchar(36) not null,
  family varchar(20) not null,
  name varchar(200) not null,
  url varchar(65536) not null,
  secret varchar(200) not null,
  events varchar(6000) not null,
  active boolean not null,
  headers varchar(40000) not null,
  created_at bigint not null,
  deleted boolean not null
);
create index if not exists webhook_of_app on webhook (app, seq);

create table if not exists event (
  id bigint generated always as identity primary key,
  app varchar(36) not null,
  type varchar(100) not null,
  resource varchar(500) not null,
  label varchar(500) not null,
  body varbinary(1048576) not null
);

create table if not exists delivery (
  seq bigint generated always as identity primary key,
  id varchar(50) not null unique,
  event bigint not null,
  app varchar(36) not null,
  webhook varchar(50) not null,
  resource varchar(500) not null,
  state varchar(20) not null,
  attempts int not null,
  status int,
  error varchar(500),
  created_at bigint not null,
  first_attempt_at bigint,
  finished_at bigint
);
create index if not exists delivery_in_order on delivery (webhook, resource, state, seq);
create index if not exists delivery_of_webhook on delivery (webhook, seq);
create index if not exists delivery_waiting on delivery (webhook, state);
create index if not exists delivery_of_app on delivery (app, seq);
create index if not exists delivery_of_event on delivery (event);
create index if not exists delivery_by_state on delivery (state, seq);

-- Of each resource that has waiting deliveries the first of them, and when it is to be sent.
create table if not exists head (
  webhook varchar(50) not null,
  resource varchar(500) not null,
  seq bigint not null,
  due bigint not null,
  primary key (webhook, resource)
);
create index if not exists head_due on head (webhook, due);

create table if not exists attempt (
  delivery bigint not null,
  number int not null,
  started_at bigint not null,
  duration_ms bigint not null,
  status int,
  error varchar(500),
  response varchar(2000),
  primary key (delivery, number)
);

create table if not exists play (
  id bigint generated always as identity primary key,
  app varchar(36) not null,
  seed bigint not null,
  rate varchar(20) not null,
  steps bigint,
  start_at bigint,
  done bigint not null,
  state varchar(20) not null
);

-- The ids of what a play made.
create table if not exists play_item (
  play bigint not null,
  kind varchar(10) not null,
  number bigint not null,
  id bigint not null,
  primary key (play, kind, number)
);

-- The inbox. Words are those of src/site/markdown/glossary.md.

-- One row, never changed, so that a long snapshot keeps no dead versions of it: its lock is the turn to append.
create table log_head (
    id smallint primary key check (id = 1)
);
insert into log_head (id) values (1);

-- The log. Rows are only inserted, in the order of their positions; they stay, so that a repetition is known as a
-- duplicate. Columns of a fixed width come first: PostgreSQL pads them behind one of a variable width.
create table delivery (
    position bigint primary key,
    -- A UUID of version 7: its index grows at one end.
    delivery uuid not null unique,
    received_at timestamp with time zone not null,
    created_at timestamp with time zone,
    updated_at timestamp with time zone,
    lane smallint not null,
    endpoint varchar(63) not null,
    scheme varchar(40) not null,
    -- SHA-256 of the endpoint, the scheme and what the scheme derives from what the signature covers.
    identity bytea not null unique check (octet_length(identity) = 32),
    -- SHA-256 of the body; null where the identity is the body's.
    body_hash bytea check (octet_length(body_hash) = 32),
    portal_id varchar(256),
    category varchar(100) not null,
    action varchar(100) not null,
    app_id varchar(100),
    resource_type varchar(50),
    resource_id varchar(100),
    -- A JSON array of texts; null where there are none.
    remarks text
);
create index delivery_lane on delivery (lane, position);
create index delivery_received on delivery (received_at);
-- What operators look for among millions of deliveries, the newest first.
create index delivery_endpoint on delivery (endpoint, position);
create index delivery_category on delivery (category, position);

-- Deliveries whose body is no event. A table, because H2 has no partial index.
create table undecodable (
    position bigint primary key,
    reason text not null
);

-- What retention removes: a row is inserted with its delivery and deleted by age.
create table body (
    position bigint primary key,
    -- A JSON object of arrays.
    headers text not null,
    bytes bytea not null,
    -- When an erasure last changed it.
    erased_at timestamp with time zone
);

-- How many deliveries a lane has up to a position, so that a backlog is counted without reading the log.
create table lane_count (
    position bigint not null,
    lane smallint not null,
    deliveries bigint not null,
    primary key (position, lane)
);

-- Dispatch.

create table consumer (
    name varchar(200) primary key,
    registered_at timestamp with time zone not null,
    -- A paused consumer keeps its cursors; nobody notifies it until an operator resumes it.
    paused boolean default false not null
);

-- The running nodes. One whose lease has expired is gone: others claim its lanes.
create table node (
    id uuid primary key,
    started_at timestamp with time zone not null,
    lease_until timestamp with time zone not null
);

-- Which node has which consumer: among these its lanes are shared.
create table node_consumer (
    consumer varchar(200) not null references consumer (name),
    node uuid not null references node (id) on delete cascade,
    primary key (consumer, node)
);
create index node_consumer_node on node_consumer (node);

create table lane (
    consumer varchar(200) not null references consumer (name),
    lane smallint not null,
    -- The position up to which the consumer has dealt with the lane.
    cursor bigint not null,
    -- The cursor at registration; the consumer is not concerned with anything up to it.
    began bigint default 0 not null,
    -- The node that claimed it; the claim ends with the node's lease.
    owner uuid,
    token bigint not null,
    -- How often the lane was claimed since its cursor moved last.
    claims smallint default 0 not null,
    -- The consumer asked to retry later: at which cursor, since when, until when and why. Void once the cursor has moved.
    wait_cursor bigint,
    waiting_since timestamp with time zone,
    waiting_until timestamp with time zone,
    wait_reason varchar(500),
    wait_message varchar(1000),
    -- One row for each lane: lanes are inserted with their consumer. With the cursor, by which its row is moved, so that
    -- under a long snapshot a move does not read all versions that the row ever had.
    primary key (consumer, lane, cursor)
);
create index lane_owner on lane (owner);

-- Events that a consumer has not dealt with although its cursor has passed them: parked, replays and dead letters.
create table parked (
    consumer varchar(200) not null references consumer (name),
    position bigint not null,
    lane smallint not null,
    -- Of the resource whose later events wait behind this one, those of a replay among themselves; none where the resource
    -- is unknown, and for the replay of what was done.
    ordering_key varchar(260),
    replay boolean not null,
    dead boolean not null,
    -- When the next attempt is due; none while it waits behind another of the same resource, and for a dead letter.
    due timestamp with time zone,
    attempts integer not null,
    -- The node that made the attempt whose outcome is not recorded.
    begun_by uuid,
    -- Attempts in a row whose node is gone.
    unended smallint not null,
    parked_at timestamp with time zone not null,
    failed_at timestamp with time zone,
    dead_at timestamp with time zone,
    reason varchar(500),
    message varchar(1000),
    trace text,
    -- The last failed attempts, a line for each: @ and the second of its end, its milliseconds, reason, message; with tabs
    -- between them.
    history varchar(2000),
    primary key (consumer, position)
);
-- Of a lane, and of a consumer, what has been due for the longest time: its cost does not grow with what is parked or replayed.
create index parked_due on parked (consumer, replay, lane, due, position);
create index parked_soonest on parked (consumer, replay, due);
-- A resource may have any number of dead letters, which keep their key.
create index parked_ordering_key on parked (consumer, ordering_key, dead, position);
create index parked_position on parked (position);
create index parked_tally on parked (consumer, dead, position, replay);
create index parked_dead on parked (dead, position, consumer);
-- Groups of dead letters are found and counted one after the other.
create index parked_reason on parked (consumer, dead, reason, position);

-- Dead letters that an operator discarded: a consumer's or, with an empty name, a delivery that could not be decoded.
create table discarded (
    consumer varchar(200) not null,
    position bigint not null,
    discarded_at timestamp with time zone not null,
    -- The user, and what the user said about it.
    discarded_by varchar(200),
    note varchar(1000),
    primary key (consumer, position)
);
create index discarded_position on discarded (position);

-- Retention.

-- One row: the position up to which bodies were removed or deliberately retained.
create table retention (
    id smallint primary key check (id = 1),
    cursor bigint not null
);
insert into retention (id, cursor) values (1, 0);

-- Deliveries up to that cursor whose bodies are retained, because a consumer has not dealt with them.
create table retained_body (
    position bigint primary key
);

-- The mirror: the newest version of each resource, and its past ones.

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
    sender_name text,
    sender_full_name text,
    sender_email_address text,
    project_name text,
    position bigint not null,
    delivery varchar(36) not null,
    revision bigint not null,
    primary key (app_id, story_id)
);
-- For lists: the column of a filter, then the order. The type at the end serves a filter by status and type.
create index story_changed on story (app_id, updated_at, position);
create index story_status on story (app_id, status, updated_at, position, story_type);
create index story_type on story (app_id, story_type, updated_at, position);
create index story_parent on story (app_id, parent_id, updated_at, position);

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
    sender_name text,
    sender_full_name text,
    sender_email_address text,
    project_name text,
    position bigint not null,
    delivery varchar(36) not null,
    revision bigint not null,
    primary key (app_id, sprint_id)
);
create index sprint_changed on sprint (app_id, updated_at, position);
create index sprint_status on sprint (app_id, status, updated_at, position);

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

-- The newest alert of each service of an environment, and its past ones.
create table alert (
    -- A UUID made of the environment's id and the service, which may be a text of any length.
    service_id varchar(36) primary key,
    app_id varchar(100) not null,
    environment_id varchar(100) not null,
    environment text,
    service text not null,
    severity text not null,
    is_open boolean not null,
    message text,
    alert_id text,
    url text,
    updated_at timestamp with time zone,
    position bigint not null,
    delivery varchar(36) not null,
    revision bigint not null
);
-- An app has few services: their filters need no index.
create index alert_changed on alert (app_id, updated_at, position);
create index alert_open on alert (is_open, updated_at, position);
-- For exports, in an order that does not change.
create index alert_position on alert (app_id, position);

create table alert_version (
    delivery varchar(36) primary key,
    service_id varchar(36) not null,
    app_id varchar(100) not null,
    environment_id varchar(100) not null,
    environment text,
    service text not null,
    severity text not null,
    is_open boolean not null,
    message text,
    alert_id text,
    url text,
    updated_at timestamp with time zone,
    position bigint not null,
    superseded_at timestamp with time zone not null
);
create index alert_version_changed on alert_version (service_id, updated_at, position);
create index alert_version_superseded on alert_version (superseded_at);
create index alert_version_position on alert_version (app_id, position);

-- Rows of pushes and packages are inserted, and deleted by age.
create table push (
    delivery varchar(36) primary key,
    app_id varchar(100) not null,
    branch_name text,
    commit_before text,
    commit_after text,
    repository_type text,
    user_id text,
    commit_count integer not null,
    -- A JSON array of objects.
    commits text not null,
    received_at timestamp with time zone not null,
    position bigint not null
);
create index push_received on push (app_id, received_at, position);
create index push_branch on push (app_id, branch_name, received_at, position);
create index push_age on push (received_at, position);

-- By which a story's pushes are found.
create table push_story (
    delivery varchar(36) not null,
    story varchar(200) not null,
    app_id varchar(100) not null,
    received_at timestamp with time zone not null,
    primary key (delivery, story)
);
create index push_story_story on push_story (app_id, story);
create index push_story_age on push_story (received_at);

create table package (
    delivery varchar(36) primary key,
    app_id varchar(100) not null,
    name text,
    model_version text,
    runtime_version text,
    uploader_id text,
    upload_time timestamp with time zone,
    received_at timestamp with time zone not null,
    position bigint not null
);
create index package_uploaded on package (app_id, upload_time, position);
-- Of all apps.
create index package_time on package (upload_time, position);
create index package_name on package (app_id, name, upload_time, position);
create index package_age on package (received_at);
create index package_position on package (app_id, position);

-- The relay.

create table subscription (
    id uuid primary key,
    name varchar(100) not null unique,
    url varchar(2000) not null,
    version varchar(10) not null,
    -- JSON arrays of texts.
    events text not null,
    apps text not null,
    actions text not null,
    header_names text not null,
    -- The scheme that signs what is sent.
    format varchar(40) not null,
    -- Why the relay paused it; null where an operator did.
    pause_reason varchar(500),
    -- Its secret and its headers, encrypted.
    sealed bytea not null,
    key_id varchar(20) not null,
    fingerprint varchar(20) not null,
    created_at timestamp with time zone not null,
    revision bigint not null,
    -- It stays until no node has its consumer.
    deleted_at timestamp with time zone
);

-- What a node has learned of a subscriber, where it is not that all is well; each node writes its own.
create table relay_breaker (
    subscription uuid not null,
    node uuid not null,
    -- Null while the breaker is closed.
    opened_at timestamp with time zone,
    next_probe_at timestamp with time zone,
    probing boolean not null,
    -- Since the last success.
    failures integer not null,
    cause varchar(500),
    -- Until when the subscriber asked not to be called.
    waits_until timestamp with time zone,
    seen_at timestamp with time zone not null,
    primary key (subscription, node)
);

create table relay_attempt (
    id bigint generated always as identity primary key,
    subscription uuid not null,
    delivery uuid not null,
    -- 0 for a test, which is no delivery.
    position bigint not null,
    started_at timestamp with time zone not null,
    duration_ms bigint not null,
    status smallint,
    error varchar(1000),
    response_excerpt text
);
create index relay_attempt_subscription on relay_attempt (subscription, id);
-- Of a delivery: positions grow, so that the index grows at one end.
create index relay_attempt_position on relay_attempt (position, id);
create index relay_attempt_started on relay_attempt (started_at);

-- Alarms.

-- One row: when they are evaluated next, by whichever node comes first.
create table alarm_round (
    id smallint primary key check (id = 1),
    due timestamp with time zone not null
);
insert into alarm_round (id, due) values (1, current_timestamp);

-- The last alarm of each subject; one that has ended is deleted by age.
create table alarm (
    kind varchar(40) not null,
    -- An endpoint, a consumer, a subscription's name, a field of a payload.
    subject varchar(300) not null,
    raised_at timestamp with time zone not null,
    -- When its condition was found last, for those that do not end at once.
    seen_at timestamp with time zone not null,
    -- Null while it lasts.
    ended_at timestamp with time zone,
    problem varchar(1000) not null,
    remedy varchar(1000) not null,
    -- Of the command line, shows more; null if there is none.
    command varchar(1000),
    -- Whether its last change was logged, and companions were notified of it.
    announced boolean not null,
    -- Until when a node is busy doing so.
    announcing_until timestamp with time zone,
    primary key (kind, subject)
);

-- The fields that sampled payloads have, by category.
create table payload_sample (
    category varchar(100) primary key,
    -- Up to which deliveries were sampled.
    position bigint not null,
    -- A JSON object: of each action its fields.
    fields text not null
);

-- What each node had to do in a minute; rows are inserted and deleted by age.
create table activity (
    since timestamp with time zone not null,
    node uuid not null,
    duplicates bigint not null,
    refused bigint not null,
    done bigint not null,
    failed bigint not null,
    dead bigint not null,
    primary key (since, node)
);

-- Refused requests, each for others like it: a bounded number of rows, since strangers cause them.

create table refused_request (
    id bigint generated always as identity primary key,
    refused_at timestamp with time zone not null,
    -- A question mark where there is no such endpoint.
    endpoint varchar(63) not null,
    reason varchar(50) not null,
    address varchar(60) not null,
    network varchar(60) not null,
    -- All of this endpoint, reason and network since the previous row, on the node that wrote it.
    requests bigint not null,
    why text not null,
    -- Negative where it is unknown.
    size bigint not null,
    -- A line each, escaped and cut.
    headers text not null,
    -- Its beginning; unverified bytes of a stranger.
    body bytea not null
);

-- The console.

create table console_session (
    -- A hash of what the browser has.
    token bytea primary key,
    user_name varchar(200) not null,
    -- Of the OpenID provider that the user signed in with; null for a user of the settings.
    issuer varchar(1000),
    operator boolean not null,
    -- A hash of the account and this session's token: a new password ends the session.
    account varchar(300) not null,
    started_at timestamp with time zone not null,
    seen_at timestamp with time zone not null
);

-- Sign-ins with the OpenID provider that led to a user, for an hour: none leads to another session.
create table console_used_sign_in (
    token bytea primary key,
    used_at timestamp with time zone not null
);

-- Orders of operators that nodes work on in steps.

create table work_order (
    id uuid primary key,
    kind varchar(40) not null,
    ordered_by varchar(200) not null,
    ordered_at timestamp with time zone not null,
    -- Its last step; from then on it waits to be started, if it does.
    waits_since timestamp with time zone not null,
    started_by varchar(200),
    started_at timestamp with time zone,
    ended_by varchar(200),
    ended_at timestamp with time zone,
    state varchar(20) not null,
    -- What is to be done and how far it is, as its kind wrote it.
    details text not null,
    progress text not null,
    total bigint,
    done bigint not null,
    failure varchar(500)
);
create index work_order_state on work_order (state, ordered_at, id);
create index work_order_kind on work_order (kind, ordered_at, id);

-- Which nodes have dropped their copies of bodies that an erasure changed; deleted with its end.
create table erasure_memory (
    erasure uuid not null,
    node uuid not null,
    primary key (erasure, node)
);

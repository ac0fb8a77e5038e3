-- A paused consumer keeps its place; nobody notifies it until it is resumed.
alter table consumer add column paused boolean default false not null;

-- What operators look for among millions of deliveries, the newest first.
create index delivery_endpoint on delivery (endpoint, position);
create index delivery_category on delivery (category, position);
create index delivery_portal_id on delivery (portal_id, position);
create index delivery_undecodable on delivery (undecodable);
create index parked_dead on parked (dead, position);

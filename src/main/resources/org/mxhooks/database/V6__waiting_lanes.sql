-- A lane whose consumer asked to be notified later: at which cursor, since when, until when, and why. Void once the cursor has moved.
alter table lane add column waits_at bigint;
alter table lane add column waits_since timestamp with time zone;
alter table lane add column waits_until timestamp with time zone;
alter table lane add column wait_reason varchar(500);
alter table lane add column wait_message varchar(1000);

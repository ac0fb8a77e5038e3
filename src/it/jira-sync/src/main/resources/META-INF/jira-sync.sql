create table if not exists jira_issue (app_id varchar(100), story_id bigint, issue_key varchar(100) not null, updated_at varchar(40), primary key (app_id, story_id));

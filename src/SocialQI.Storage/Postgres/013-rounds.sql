-- Sessions as lists and calendars show them, kept by the reader of the lists.
create table rounds_list
(
    topic    text collate "C" not null primary key,
    -- The last event folded in: what comes a second time changes nothing.
    number   bigint           not null,
    stage    text collate "C" not null,
    code     text collate "C" not null,
    title    text             not null,
    at       bigint           not null,
    minutes  integer          not null,
    local    text collate "C" not null,
    zone     text collate "C" not null,
    series   text collate "C" null,
    planner  text collate "C" not null,
    -- Who leads or presents besides, with spaces around each.
    people   text collate "C" not null,
    -- How often the plan was changed, and when last.
    sequence integer          not null,
    changed  bigint           not null
);

create index rounds_list_by_time on rounds_list (at, topic);
create index rounds_list_by_stage on rounds_list (stage, at, topic);
create index rounds_list_by_code on rounds_list (code);

-- Behind the second wall as the lists before it: what is compared in its questions is leakproof, so that a policy is enough.
alter table rounds_list enable row level security;
create policy wall on rounds_list for select using (exists (select 1 from seen_topic s where s.topic = rounds_list.topic));

-- Secret addresses of people's own calendars. Only the digest of each is kept, and no reader comes to it.
create table calendar_feed
(
    person text collate "C" not null primary key,
    digest bytea            not null unique,
    made   bigint           not null
);

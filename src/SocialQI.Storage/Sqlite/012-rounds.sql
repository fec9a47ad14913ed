-- Sessions as lists and calendars show them, kept by the reader of the lists.
create table rounds_list
(
    topic    text    not null primary key,
    -- The last event folded in: what comes a second time changes nothing.
    number   integer not null,
    stage    text    not null,
    code     text    not null,
    title    text    not null,
    at       integer not null,
    minutes  integer not null,
    local    text    not null,
    zone     text    not null,
    series   text    null,
    planner  text    not null,
    -- Who leads or presents besides, with spaces around each.
    people   text    not null,
    -- How often the plan was changed, and when last.
    sequence integer not null,
    changed  integer not null
) strict, without rowid;

create index rounds_list_by_time on rounds_list (at, topic);
create index rounds_list_by_stage on rounds_list (stage, at, topic);
create index rounds_list_by_code on rounds_list (code);

-- Secret addresses of people's own calendars. Only the digest of each is kept.
create table calendar_feed
(
    person text    not null primary key,
    digest blob    not null unique,
    made   integer not null
) strict, without rowid;

-- Panels as lists show them, kept by the reader of the lists.
create table panel_list
(
    topic  text collate "C" not null primary key,
    -- The last event folded in: what comes a second time changes nothing.
    number bigint           not null,
    stage  text collate "C" not null,
    title  text             not null,
    moved  bigint           not null,
    rounds integer          not null,
    -- Who has a seat or convened it, with spaces around each.
    people text collate "C" not null
);

create index panel_list_by_time on panel_list (moved, topic);

-- Behind the second wall as the lists before it.
alter table panel_list enable row level security;
create policy wall on panel_list for select using (exists (select 1 from seen_topic s where s.topic = panel_list.topic));

-- Outcomes that cases wait for, kept by the reader of the lists.
create table outcome_list
(
    topic text collate "C" not null primary key,
    due   bigint           not null,
    who   text collate "C" not null
);

create index outcome_list_by_due on outcome_list (due, topic);

-- Behind the second wall as the lists before it.
alter table outcome_list enable row level security;
create policy wall on outcome_list for select using (exists (select 1 from seen_topic s where s.topic = outcome_list.topic));

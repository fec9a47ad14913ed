-- An emergency opens cases to who could not see them otherwise. Those that were open before have the key for it from now on too.
insert into audience (topic, key)
select distinct e.topic, 'g:' || e.topic from event e
where e.kind in ('hallway-started', 'case-opened')
  and not exists (select 1 from audience n where n.topic = e.topic and n.key in ('n', 'g:' || e.topic));

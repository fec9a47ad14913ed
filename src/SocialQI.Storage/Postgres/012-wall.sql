-- The second wall. Whoever reads for one person steps down to a role that owns nothing and sees, whatever it asks, only rows that this person's own keys
-- open. The keys are found here, from the passports that the journal's transaction writes; the question brings nothing but who asks. The owner, who
-- writes the journal and what is made from it, sees all. The role itself is made when a store is opened: it is the server's, not this database's.

-- As Passport.KeysAt, but for the times: an affiliation that is over or has not begun, or an emergency that is over, is the rule's to tell.
create function reader_keys(person text) returns text[] language sql stable security definer set search_path from current as
$$
    with held as (select p.holds from passport p where p.holder = 'p:' || person and (p.holds like 'i:%' or p.holds like 'c:%' or p.holds like 'g:%'))
    select array_agg(k.key) from
    (
        select 'p:' || person as key
        union all select h.holds from held h where exists (select 1 from held i where i.holds like 'i:%')
        union all select 'n' from held h where h.holds like 'i:%'
    ) k
$$;

-- The institutions whose record of access a person keeps.
create function reader_homes(person text) returns text[] language sql stable security definer set search_path from current as
$$
    select array_agg(substr(p.holds, 3)) from passport p where p.holder = 'p:' || person and p.holds like 'i:%' and p.held_as = 'privacyofficer'
$$;

-- Who reads, set for one transaction with what they hold. Null outside of it: then nothing below shows a row.
create function reader() returns text language sql stable parallel safe as
$$
    select nullif(current_setting('socialqi.reader', true), '')
$$;

create function reader_keys() returns text[] language sql stable parallel safe as
$$
    select nullif(current_setting('socialqi.keys', true), '')::text[]
$$;

create function reader_homes() returns text[] language sql stable parallel safe as
$$
    select nullif(current_setting('socialqi.homes', true), '')::text[]
$$;

-- Read with the owner's rights, so that the wall around audiences does not stand before itself. Asked by topic: of keys a reader has many more topics.
create view seen_topic as
    select a.topic from audience a where array[a.key] <@ (select reader_keys());

alter table audience enable row level security;
create policy wall on audience for select
    using (key = any ((select reader_keys())::text[]) or exists (select 1 from seen_topic s where s.topic = audience.topic));

alter table head enable row level security;
create policy wall on head for select using (exists (select 1 from seen_topic s where s.topic = head.topic));

alter table case_list enable row level security;
create policy wall on case_list for select using (exists (select 1 from seen_topic s where s.topic = case_list.topic));

alter table search_text enable row level security;
create policy wall on search_text for select using (exists (select 1 from seen_topic s where s.topic = search_text.topic));

-- What is looked for by more than its key. Behind a policy no index could be asked by an operator that is not leakproof, as those of words and of joined
-- texts are not. These are read with the owner's rights, and have the wall as a condition like any other; with an offset it is asked of each row by
-- itself, and a page ends as soon as it is full.
create view seen_case as
    select l.*, h.number, h.contributions from case_list l join head h on h.topic = l.topic
    where exists (select 1 from seen_topic s where s.topic = l.topic offset 0);

create view seen_text as
    select t.topic, t.part, t.number, t.kind, t.author, t.at, t.words from search_text t
    where exists (select 1 from seen_topic s where s.topic = t.topic offset 0);

create view seen_person_list as
    select l.* from person_list l where (select 'n' = any (reader_keys())) or l.person = (select reader());

create view seen_passport as
    select p.* from passport p where (select 'n' = any (reader_keys())) or p.holder = 'p:' || (select reader());

-- What anybody in the network sees, and their own.
alter table community_list enable row level security;
create policy wall on community_list for select using ((select 'n' = any (reader_keys())));

alter table institution_list enable row level security;
create policy wall on institution_list for select using ((select 'n' = any (reader_keys())));

alter table person_list enable row level security;
create policy wall on person_list for select using ((select 'n' = any (reader_keys())) or person = (select reader()));

alter table passport enable row level security;
create policy wall on passport for select using ((select 'n' = any (reader_keys())) or holder = 'p:' || (select reader()));

-- One's own.
alter table followed enable row level security;
create policy wall on followed for select using (person = (select reader()));

alter table read_position enable row level security;
create policy wall on read_position for select using (person = (select reader()));

alter table session enable row level security;
create policy wall on session for select using (person = (select reader()));

alter table account enable row level security;
create policy wall on account for select using (person = (select reader()));

-- The record of access, and the headers of events that stand in it beside the acts: never what they say.
alter table audit enable row level security;
create policy wall on audit for select
    using (home = any ((select reader_homes())::text[]) or topic_home = any ((select reader_homes())::text[]));

create view written_act as
    select e.position, e.at, e.actor, e.acting_for, e.kind, e.topic, e.number from event e
    where e.acting_for = any ((select reader_homes())::text[]) or split_part(e.topic, '.', 2) = any ((select reader_homes())::text[]);

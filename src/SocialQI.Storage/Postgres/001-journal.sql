-- The journal and the tables beside it. SocialQI.StoreRows says what an event changes in them.
-- Ids and keys are compared byte by byte: faster, and in the same order on every machine.

create table store
(
    one      boolean not null primary key default true check (one),
    position bigint  not null,
    -- 128 random bits, or nearly. A restore gives new ones, and every client starts afresh.
    epoch    text    not null
) with (fillfactor = 10);

insert into store (position, epoch) values (0, replace(gen_random_uuid()::text, '-', ''));

create table event
(
    position   bigint             not null unique,
    topic      text collate "C"   not null,
    number     bigint             not null,
    kind       text collate "C"   not null,
    version    integer            not null,
    actor      uuid               not null,
    acting_for text collate "C"   null,
    at         bigint             not null,
    command    uuid               not null,
    re         bigint             null,
    digest     bytea              not null,
    hash       bytea              not null,
    -- Both null once redacted.
    salt       bytea              null,
    payload    bytea              null,

    primary key (topic, number)
);

create index event_about on event (topic, re) where re is not null;

create table command
(
    topic  text collate "C" not null,
    id     uuid             not null,
    first  bigint           not null,
    last   bigint           not null,
    -- Null once a text that came with the command was redacted: it could be guessed from this.
    digest bytea            null,

    -- The id first: ids made by clients begin with the time, so that those of all topics go to the same few pages.
    primary key (id, topic)
);

-- Changed with every append: the room left in its pages keeps that out of the index.
create table head
(
    topic         text collate "C" not null primary key,
    number        bigint           not null,
    hash          bytea            not null,
    contributions bigint           not null
) with (fillfactor = 50);

create table audience
(
    topic text collate "C" not null,
    key   text collate "C" not null,

    primary key (topic, key)
);

create index audience_by_key on audience (key, topic);

create table passport
(
    holder  text collate "C" not null,
    holds   text collate "C" not null,
    held_as text collate "C" not null,
    since   bigint           not null,
    until   bigint           null,

    primary key (holder, holds)
);

create index passport_by_thing on passport (holds, holder);

create table due
(
    topic text collate "C" not null,
    key   text collate "C" not null,
    at    bigint           not null,
    shard integer          not null,

    primary key (topic, key)
);

create index due_by_shard on due (shard, at);

create table tail_reader
(
    name     text collate "C" not null primary key,
    position bigint           not null
);

create table case_list
(
    topic          text collate "C" not null primary key,
    moved          bigint           not null,
    author         text collate "C" null,
    title          text             null,
    question       text             null,
    condition_code text             null,
    condition_text text             null,
    stage          text             null,
    hallway        boolean          not null
);

create index case_list_by_moved on case_list (moved desc, topic);

create table community_list
(
    community text collate "C" not null primary key,
    topic     text collate "C" not null,
    name      text             not null,
    folded    text collate "C" not null,
    purpose   text             not null
);

create index community_list_by_name on community_list (folded, community);

create table institution_list
(
    institution text collate "C" not null primary key,
    name        text             not null,
    folded      text collate "C" not null
);

create table person_list
(
    person    text collate "C" not null primary key,
    name      text             not null,
    folded    text collate "C" not null,
    specialty text             not null,
    grade     text             not null,
    version   bigint           not null
);

create index person_list_by_name on person_list (folded, person);

create table read_position
(
    person        text collate "C" not null,
    topic         text collate "C" not null,
    contributions bigint           not null,

    primary key (person, topic)
);

create table account
(
    name          text collate "C" not null primary key,
    person        text collate "C" not null,
    password_hash text             not null
);

create table protection_key
(
    name text collate "C" not null primary key,
    xml  text             not null
);

-- Commits a batch in which no topic is twice; answers with the topics that lost. It is one statement, so that all of it has arrived before it
-- locks anything: a process that is stopped while it sends holds nobody up. The first line makes all writers of all processes wait for one
-- another until their commit; in READ COMMITTED each line after it sees all that was committed before, so that what is found missing is missing.
create function append_events(
    a_topic text[], a_expected bigint[], a_number bigint[], a_hash bytea[], a_contributions bigint[],
    c_topic text[], c_id uuid[], c_first bigint[], c_last bigint[], c_digest bytea[],
    e_topic text[], e_number bigint[], e_kind text[], e_version integer[], e_actor uuid[], e_for text[], e_at bigint[], e_command uuid[], e_re bigint[],
    e_digest bytea[], e_hash bytea[], e_salt bytea[], e_payload bytea[],
    p_topic text[], p_holder text[], p_holds text[], p_as text[], p_since bigint[], p_until bigint[],
    k_topic text[], k_key text[],
    d_topic text[], d_key text[], d_at bigint[], d_shard integer[],
    r_topic text[], r_number bigint[])
returns text[] language plpgsql volatile as
$$
#variable_conflict use_column
declare
    start   bigint;
    lost    text[];
    won     text[];
    written bigint;
begin
    select position into start from store for update;

    lost := array(select c.topic from unnest(c_topic, c_id) as c (topic, id) join command d on d.topic = c.topic and d.id = c.id);

    -- A head moves when it is where the append expects it, and is born when none is expected; whose neither did has lost.
    with asked as materialized (
            select a.topic, a.expected, a.number, a.hash, a.contributions
            from unnest(a_topic, a_expected, a_number, a_hash, a_contributions) as a (topic, expected, number, hash, contributions)
            where a.topic <> all (lost)),
        moved as (
            update head h set number = a.number, hash = a.hash, contributions = h.contributions + a.contributions
            from asked a where h.topic = a.topic and h.number = a.expected
            returning h.topic),
        born as (
            insert into head (topic, number, hash, contributions)
            select a.topic, a.number, a.hash, a.contributions from asked a where a.expected = 0
            on conflict (topic) do nothing
            returning topic)
    select array(select topic from moved union all select topic from born) into won;

    if cardinality(won) < cardinality(a_topic) then
        lost := array(select unnest(a_topic) except select unnest(won));
    end if;

    insert into command (topic, id, first, last, digest)
    select c.topic, c.id, c.first, c.last, c.digest
    from unnest(c_topic, c_id, c_first, c_last, c_digest) as c (topic, id, first, last, digest)
    where c.topic <> all (lost);

    insert into event (position, topic, number, kind, version, actor, acting_for, at, command, re, digest, hash, salt, payload)
    select start + e.place - case when cardinality(lost) = 0 then 0 else
            (select count(*) from unnest(e_topic) with ordinality as x (topic, place) where x.place < e.place and x.topic = any (lost)) end,
        e.topic, e.number, e.kind, e.version, e.actor, e.acting_for, e.at, e.command, e.re,
        e.digest, e.hash, e.salt, e.payload
    from unnest(e_topic, e_number, e_kind, e_version, e_actor, e_for, e_at, e_command, e_re, e_digest, e_hash, e_salt, e_payload) with ordinality
        as e (topic, number, kind, version, actor, acting_for, at, command, re, digest, hash, salt, payload, place)
    where e.topic <> all (lost);

    get diagnostics written = row_count;

    if cardinality(p_topic) > 0 then
        -- Of several rows for the same holder and thing the last one holds.
        with last as (
            select distinct on (p.holder, p.holds) p.holder, p.holds, p.held_as, p.since, p.until
            from unnest(p_topic, p_holder, p_holds, p_as, p_since, p_until) with ordinality as p (topic, holder, holds, held_as, since, until, place)
            where p.topic <> all (lost)
            order by p.holder, p.holds, p.place desc),
        gone as (delete from passport x using last where x.holder = last.holder and x.holds = last.holds and last.held_as is null)
        insert into passport (holder, holds, held_as, since, until)
        select last.holder, last.holds, last.held_as, last.since, last.until from last where last.held_as is not null
        on conflict (holder, holds) do update set held_as = excluded.held_as, since = excluded.since, until = excluded.until;
    end if;

    -- The whole of each topic's new audience; a single null where it is nobody.
    if cardinality(k_topic) > 0 then
        delete from audience x using unnest(k_topic) as k (topic) where x.topic = k.topic and k.topic <> all (lost);
        insert into audience (topic, key)
        select distinct k.topic, k.key from unnest(k_topic, k_key) as k (topic, key) where k.key is not null and k.topic <> all (lost);
    end if;

    -- Each plan once; one without a time is settled.
    if cardinality(d_topic) > 0 then
        delete from due x using unnest(d_topic, d_key, d_at) as d (topic, key, at)
        where x.topic = d.topic and x.key = d.key and d.at is null and d.topic <> all (lost);
        insert into due (topic, key, at, shard)
        select d.topic, d.key, d.at, d.shard from unnest(d_topic, d_key, d_at, d_shard) as d (topic, key, at, shard)
        where d.at is not null and d.topic <> all (lost)
        on conflict (topic, key) do update set at = excluded.at, shard = excluded.shard;
    end if;

    if cardinality(r_topic) > 0 then
        update command c set digest = null
        from unnest(r_topic, r_number) as r (topic, number) join event e on e.topic = r.topic and e.number = r.number
        where c.topic = e.topic and c.id = e.command and r.topic <> all (lost);
        update event e set payload = null, salt = null
        from unnest(r_topic, r_number) as r (topic, number)
        where e.topic = r.topic and e.number = r.number and r.topic <> all (lost);
    end if;

    update store set position = start + written where written > 0;
    return lost;
end
$$;

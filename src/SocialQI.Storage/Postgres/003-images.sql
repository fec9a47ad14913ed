-- Images of cases, and which events show them. SocialQI.StoreRows says what an event changes in the second.

create table image
(
    topic         text collate "C" not null,
    -- SHA-256 of the bytes, in hexadecimal digits.
    hash          text collate "C" not null,
    type          text collate "C" not null,
    width         integer          not null,
    height        integer          not null,
    sent_by       text collate "C" not null,
    -- Null once an event has shown it. What waits too long is swept.
    waiting_since bigint           null,
    thumbnail     bytea            not null,
    bytes         bytea            not null,

    primary key (topic, hash)
);

-- Compressed already.
alter table image alter column thumbnail set storage external, alter column bytes set storage external;

create index image_waiting on image (waiting_since) where waiting_since is not null;

create table image_use
(
    topic  text collate "C" not null,
    number bigint           not null,
    hash   text collate "C" not null,
    -- 0 once the event was withdrawn.
    shown  integer          not null,

    primary key (topic, number, hash)
);

create index image_use_by_hash on image_use (topic, hash);

-- As before, and then what the events of a batch change of images. The one without stays: a process of the version before may still be running.
create function append_events(
    a_topic text[], a_expected bigint[], a_number bigint[], a_hash bytea[], a_contributions bigint[],
    c_topic text[], c_id uuid[], c_first bigint[], c_last bigint[], c_digest bytea[],
    e_topic text[], e_number bigint[], e_kind text[], e_version integer[], e_actor uuid[], e_for text[], e_at bigint[], e_command uuid[], e_re bigint[],
    e_digest bytea[], e_hash bytea[], e_salt bytea[], e_payload bytea[],
    p_topic text[], p_holder text[], p_holds text[], p_as text[], p_since bigint[], p_until bigint[],
    k_topic text[], k_key text[],
    d_topic text[], d_key text[], d_at bigint[], d_shard integer[],
    r_topic text[], r_number bigint[],
    u_topic text[], u_number bigint[], u_hash text[],
    w_topic text[], w_number bigint[])
returns text[] language plpgsql volatile as
$$
#variable_conflict use_column
declare
    lost text[];
begin
    lost := append_events(
        a_topic, a_expected, a_number, a_hash, a_contributions, c_topic, c_id, c_first, c_last, c_digest, e_topic, e_number,
        e_kind, e_version, e_actor, e_for, e_at, e_command, e_re, e_digest, e_hash, e_salt, e_payload, p_topic, p_holder, p_holds,
        p_as, p_since, p_until, k_topic, k_key, d_topic, d_key, d_at, d_shard, r_topic, r_number);

    if cardinality(u_topic) > 0 then
        insert into image_use (topic, number, hash, shown)
        select u.topic, u.number, u.hash, 1 from unnest(u_topic, u_number, u_hash) as u (topic, number, hash) where u.topic <> all (lost);
        update image i set waiting_since = null
        from unnest(u_topic, u_hash) as u (topic, hash)
        where i.topic = u.topic and i.hash = u.hash and u.topic <> all (lost);
    end if;

    if cardinality(w_topic) > 0 then
        update image_use x set shown = 0
        from unnest(w_topic, w_number) as w (topic, number)
        where x.topic = w.topic and x.number = w.number and w.topic <> all (lost);
    end if;

    -- One after the other: of an image that two events show, each alone would see the other.
    for i in 1 .. cardinality(r_topic) loop
        if r_topic[i] <> all (lost) then
            delete from image x using image_use u
            where u.topic = r_topic[i] and u.number = r_number[i] and x.topic = u.topic and x.hash = u.hash
            and not exists (select 1 from image_use o where o.topic = u.topic and o.hash = u.hash and o.number <> u.number);
            delete from image_use u where u.topic = r_topic[i] and u.number = r_number[i];
        end if;
    end loop;
    return lost;
end
$$;

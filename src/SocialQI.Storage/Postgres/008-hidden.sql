-- Contributions that are hidden: their events are handed out without the payload, which stays for those who look at it. SocialQI.StoreRows says when.
alter table event add column hidden integer not null default 0;

-- As before, and then what the events of a batch hide and restore. The one without stays: a process of the version before may still be running.
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
    w_topic text[], w_number bigint[],
    h_topic text[], h_number bigint[], h_hidden integer[])
returns text[] language plpgsql volatile as
$$
#variable_conflict use_column
declare
    lost text[];
begin
    lost := append_events(
        a_topic, a_expected, a_number, a_hash, a_contributions, c_topic, c_id, c_first, c_last, c_digest, e_topic, e_number,
        e_kind, e_version, e_actor, e_for, e_at, e_command, e_re, e_digest, e_hash, e_salt, e_payload, p_topic, p_holder, p_holds,
        p_as, p_since, p_until, k_topic, k_key, d_topic, d_key, d_at, d_shard, r_topic, r_number, u_topic, u_number, u_hash, w_topic, w_number);

    -- One after the other: what one hides another of the same batch may restore.
    for i in 1 .. cardinality(h_topic) loop
        if h_topic[i] <> all (lost) then
            update event e set hidden = h_hidden[i]
            where e.topic = h_topic[i] and (e.number = h_number[i] or (e.re = h_number[i] and e.kind = 'contribution-edited'));
            update image_use x set shown = 1 - h_hidden[i] where x.topic = h_topic[i] and x.number = h_number[i];
        end if;
    end loop;
    return lost;
end
$$;

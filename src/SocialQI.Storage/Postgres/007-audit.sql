-- Who did what. Rows are only ever added: what a row says is sealed to the row before it in its chain, of which every home and writer has one.

create table audit
(
    -- The order of arrival, or nearly: a row may become visible after one with a higher id.
    id         bigint           not null generated always as identity primary key,
    home       text collate "C" not null,
    writer     text collate "C" not null,
    number     bigint           not null,
    at         bigint           not null,
    who        text collate "C" not null,
    role       text collate "C" null,
    acting_for text collate "C" null,
    act        text collate "C" not null,
    what       text collate "C" null,
    topic      text collate "C" null,
    topic_home text collate "C" null,
    first      bigint           null,
    last       bigint           null,
    count      bigint           null,
    purpose    text collate "C" not null,
    origin     text collate "C" null,
    result     text collate "C" not null,
    flag       text collate "C" null,
    -- The row of the same home whose act has ended with this one, as writer.number.
    closes     text collate "C" null,
    hash       bytea            not null,

    unique (home, writer, number)
);

create index audit_by_home on audit (home, at);
create index audit_by_topic_home on audit (topic_home, at) where topic_home is not null;
create index audit_by_person on audit (who, at);
create index audit_by_topic on audit (topic, at) where topic is not null;
create index audit_by_closed on audit (home, closes) where closes is not null;

create function refuse_change() returns trigger language plpgsql as
$$
begin
    raise exception 'a row of the audit is never changed or deleted';
end
$$;

create trigger audit_is_not_changed before update or delete or truncate on audit for each statement execute function refuse_change();

-- Against mistakes, where the service owns its tables: an owner may give itself the right again. A service that logs in as another role than the
-- owner's needs these two rights and no more.
revoke all on audit from public;
revoke all on audit from current_user;
grant select, insert on audit to current_user;

-- What was written stands in the audit too, and that is read by time.
create index event_by_time on event (at);

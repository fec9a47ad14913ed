-- Who did what. Rows are only ever added: what a row says is sealed to the row before it in its chain, of which every home and writer has one.

create table audit
(
    -- The order of arrival, for whoever reads on.
    id         integer not null primary key,
    home       text    not null,
    writer     text    not null,
    number     integer not null,
    at         integer not null,
    who        text    not null,
    role       text    null,
    acting_for text    null,
    act        text    not null,
    what       text    null,
    topic      text    null,
    topic_home text    null,
    first      integer null,
    last       integer null,
    count      integer null,
    purpose    text    not null,
    origin     text    null,
    result     text    not null,
    flag       text    null,
    -- The row of the same home whose act has ended with this one, as writer.number.
    closes     text    null,
    hash       blob    not null,

    unique (home, writer, number)
) strict;

create index audit_by_home on audit (home, at);
create index audit_by_topic_home on audit (topic_home, at) where topic_home is not null;
create index audit_by_person on audit (who, at);
create index audit_by_topic on audit (topic, at) where topic is not null;
create index audit_by_closed on audit (home, closes) where closes is not null;

create trigger audit_is_not_changed before update on audit begin
    select raise(abort, 'a row of the audit is never changed');
end;

create trigger audit_is_not_deleted before delete on audit begin
    select raise(abort, 'a row of the audit is never deleted');
end;

-- What was written stands in the audit too, and that is read by time.
create index event_by_time on event (at);

-- What was broken off begins anew. A list is made again for the topics there were when that began; those that begin later have the reader of the tail.

drop table rebuild;

create table rebuild
(
    name        text    not null primary key,
    after_topic text    not null,
    done        integer not null,
    total       integer not null,
    -- The journal's position when it began.
    through     integer not null
) strict, without rowid;

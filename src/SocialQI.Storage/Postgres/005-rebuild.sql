-- What was broken off begins anew. A list is made again for the topics there were when that began; those that begin later have the reader of the tail.

drop table rebuild;

create table rebuild
(
    name        text collate "C" not null primary key,
    after_topic text collate "C" not null,
    done        bigint           not null,
    total       bigint           not null,
    -- The journal's position when it began.
    through     bigint           not null
);

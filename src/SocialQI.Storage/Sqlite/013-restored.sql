-- What a store was when it went on from a copy: an operator's file of checkpoints is told so, each of them once.
create table restored
(
    epoch    text    not null primary key,
    previous text    not null,
    position integer not null,
    -- The id of the last row of the audit in the copy.
    acts     integer not null,
    at       integer not null
) strict, without rowid;

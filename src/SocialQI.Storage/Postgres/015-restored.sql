-- What a store was when it went on from a copy: every node's file of checkpoints is told so, each of them once.
create table restored
(
    epoch    text collate "C" not null primary key,
    previous text collate "C" not null,
    position bigint           not null,
    -- The id of the last row of the audit in the copy.
    acts     bigint           not null,
    at       bigint           not null
);

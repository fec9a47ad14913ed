-- Tokens by which machines ask. Only the digest of what a machine sends is kept.
create table machine_token
(
    id          blob    not null primary key,
    digest      blob    not null,
    institution text    not null,
    service     text    not null,
    purpose     text    not null,
    scopes      text    not null,
    made_by     text    not null,
    made        integer not null,
    expires     integer not null,
    used        integer null,
    ended       integer null
) strict, without rowid;

create index machine_token_by_institution on machine_token (institution, made);

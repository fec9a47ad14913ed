-- Tokens by which machines ask. Only the digest of what a machine sends is kept.
create table machine_token
(
    id          uuid             not null primary key,
    digest      bytea            not null,
    institution text collate "C" not null,
    service     text collate "C" not null,
    purpose     text             not null,
    scopes      text collate "C" not null,
    made_by     text collate "C" not null,
    made        bigint           not null,
    expires     bigint           not null,
    used        bigint           null,
    ended       bigint           null
);

create index machine_token_by_institution on machine_token (institution, made);

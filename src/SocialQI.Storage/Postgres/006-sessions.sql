-- Who is signed in, by whose account, and since when. A cookie names its session; what is not here, or has ended, lets nobody in.

create table session
(
    id          uuid               not null primary key,
    person      text collate "C"   not null,
    -- Whose account it was; null for one that no institution answers for.
    institution text collate "C"   null,
    way         text collate "C"   not null,
    begun       bigint             not null,
    seen        bigint             not null,
    agent       text               not null,
    origin      text               not null,
    ended       bigint             null,
    reason      text collate "C"   null,
    -- The number of its end; null while it lasts.
    change      bigint             null
);

create index session_by_person on session (person, begun);
create index session_by_change on session (change) where change is not null;
create index session_by_begin on session (begun);

-- Ends are numbered in the order of their commits: whoever has read up to a number misses none after it.
create table session_change
(
    one    boolean not null primary key default true check (one),
    number bigint  not null
);

insert into session_change (number) values (0);

-- Who may not sign in any more by an institution's accounts, local or of its providers.
create table sign_in_closed
(
    person      text collate "C" not null,
    institution text collate "C" not null,
    closed_by   text collate "C" not null,
    at          bigint           not null,

    primary key (person, institution)
);

-- Local accounts: which institution answers for each, and what a person proves to come in by it.
alter table account add column institution text collate "C" null;
alter table account add column stamp text collate "C" not null default '';
alter table account add column authenticator_key text null;
alter table account add column needs_code bigint not null default 0;
alter table account add column last_code text collate "C" null;
alter table account add column recovery_codes text collate "C" not null default '';
alter table account add column failures bigint not null default 0;
alter table account add column locked_until bigint null;

update account set institution =
    (select substr(p.holds, 3) from passport p where p.holder = 'p:' || account.person and p.holds like 'i:%' order by p.since, p.holds limit 1);

create index account_by_person on account (person, name);

create table passkey
(
    id          bytea not null primary key,
    account     text collate "C" not null,
    name        text not null,
    public_key  bytea not null,
    created     bigint not null,
    sign_count  bigint not null,
    transports  text collate "C" not null,
    verified    bigint not null,
    eligible    bigint not null,
    backed_up   bigint not null,
    attestation bytea not null,
    client_data bytea not null
);

create index passkey_by_account on passkey (account, created);

-- Links that may be used once: to found the first institution, or to choose the password of an account. Only their digest is kept.
create table one_time_link
(
    digest  bytea not null primary key,
    purpose text collate "C" not null,
    account text collate "C" null,
    expires bigint not null
);

-- Cookies from before name no session. New keys are made, and kept encrypted.
delete from protection_key;

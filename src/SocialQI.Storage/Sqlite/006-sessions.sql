-- Who is signed in, by whose account, and since when. A cookie names its session; what is not here, or has ended, lets nobody in.

create table session
(
    id          blob    not null primary key,
    person      text    not null,
    -- Whose account it was; null for one that no institution answers for.
    institution text    null,
    way         text    not null,
    begun       integer not null,
    seen        integer not null,
    agent       text    not null,
    origin      text    not null,
    ended       integer null,
    reason      text    null,
    -- The number of its end; null while it lasts.
    change      integer null
) strict, without rowid;

create index session_by_person on session (person, begun);
create index session_by_change on session (change) where change is not null;
create index session_by_begin on session (begun);

-- Ends are numbered in the order of their commits: whoever has read up to a number misses none after it.
create table session_change
(
    one    integer not null primary key check (one = 1),
    number integer not null
) strict, without rowid;

insert into session_change (one, number) values (1, 0);

-- Who may not sign in any more by an institution's accounts, local or of its providers.
create table sign_in_closed
(
    person      text    not null,
    institution text    not null,
    closed_by   text    not null,
    at          integer not null,

    primary key (person, institution)
) strict, without rowid;

alter table account add column institution text null;

update account set institution =
    (select substr(p.holds, 3) from passport p where p.holder = 'p:' || account.person and p.holds like 'i:%' order by p.since, p.holds limit 1);

-- Cookies from before name no session. New keys are made, and kept encrypted.
delete from protection_key;

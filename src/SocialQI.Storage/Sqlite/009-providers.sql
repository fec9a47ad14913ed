-- Sign-in providers of institutions, and who comes in by them.

create table provider
(
    id          text    not null primary key,
    institution text    not null,
    name        text    not null,
    issuer      text    not null,
    client      text    not null,
    -- Encrypted; null where there is none.
    secret      text    null,
    enabled     integer not null,
    mapping     text    not null,
    changed     integer not null,
    changed_by  text    not null
) strict, without rowid;

create index provider_by_institution on provider (institution, name);

-- Who vouches for whom: a person is known by their institution, its issuer and the subject there, never by an e-mail address.
create table identity
(
    institution text    not null,
    issuer      text    not null,
    subject     text    not null,
    id          text    not null unique,
    person      text    not null,
    joined      integer not null,

    primary key (institution, issuer, subject)
) strict, without rowid;

create index identity_by_person on identity (person, joined);

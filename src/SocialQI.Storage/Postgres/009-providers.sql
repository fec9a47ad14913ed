-- Sign-in providers of institutions, and who comes in by them.

create table provider
(
    id          text collate "C" not null primary key,
    institution text collate "C" not null,
    name        text             not null,
    issuer      text collate "C" not null,
    client      text collate "C" not null,
    -- Encrypted; null where there is none.
    secret      text collate "C" null,
    enabled     bigint           not null,
    mapping     text             not null,
    changed     bigint           not null,
    changed_by  text collate "C" not null
);

create index provider_by_institution on provider (institution, name);

-- Who vouches for whom: a person is known by their institution, its issuer and the subject there, never by an e-mail address.
create table identity
(
    institution text collate "C" not null,
    issuer      text collate "C" not null,
    subject     text collate "C" not null,
    id          text collate "C" not null unique,
    person      text collate "C" not null,
    joined      bigint           not null,

    primary key (institution, issuer, subject)
);

create index identity_by_person on identity (person, joined);

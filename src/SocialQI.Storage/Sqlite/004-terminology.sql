-- Code systems in versions side by side. A version that is not ready is still being loaded, and is nobody's business.

create table terminology_version
(
    -- Random: two processes may load at once.
    id       integer not null primary key,
    system   text    not null,
    version  text    not null,
    -- SHA-256 of the concepts in the order of their codes.
    digest   blob    not null,
    concepts integer not null,
    loaded   integer not null,
    ready    integer not null
) strict;

create unique index terminology_version_ready on terminology_version (system, version) where ready;

create table terminology
(
    system  text    not null primary key,
    current integer null
) strict, without rowid;

create table concept
(
    version  integer not null,
    code     text    not null,
    title    text    not null,
    -- One a line.
    synonyms text    not null,

    primary key (version, code)
) strict, without rowid;

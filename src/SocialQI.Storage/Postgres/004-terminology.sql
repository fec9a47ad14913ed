-- Code systems in versions side by side. A version that is not ready is still being loaded, and is nobody's business.

create table terminology_version
(
    -- Random: two processes may load at once.
    id       bigint           not null primary key,
    system   text collate "C" not null,
    version  text collate "C" not null,
    -- SHA-256 of the concepts in the order of their codes.
    digest   bytea            not null,
    concepts integer          not null,
    loaded   bigint           not null,
    ready    boolean          not null
);

create unique index terminology_version_ready on terminology_version (system, version) where ready;

create table terminology
(
    system  text collate "C" not null primary key,
    current bigint           null
);

create table concept
(
    version  bigint           not null,
    code     text collate "C" not null,
    title    text             not null,
    -- One a line.
    synonyms text             not null,

    primary key (version, code)
);

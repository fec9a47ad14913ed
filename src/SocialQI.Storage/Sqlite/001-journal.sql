-- The journal and the tables beside it. SocialQI.StoreRows says what an event changes in them.

create table store
(
    one      integer not null primary key check (one = 1),
    position integer not null,
    -- 128 random bits. A restore gives new ones, and every client starts afresh.
    epoch    text    not null
) strict;

insert into store (one, position, epoch) values (1, 0, lower(hex(randomblob(16))));

create table event
(
    -- As the row's own number: appends then always go to the end of the table.
    position   integer not null primary key,
    topic      text    not null,
    number     integer not null,
    kind       text    not null,
    version    integer not null,
    actor      blob    not null,
    acting_for text    null,
    at         integer not null,
    command    blob    not null,
    re         integer null,
    digest     blob    not null,
    hash       blob    not null,
    -- Both null once redacted. The payload stands last, so that a long one is in nobody's way.
    salt       blob    null,
    payload    blob    null,

    unique (topic, number)
) strict;

create index event_about on event (topic, re) where re is not null;

create table command
(
    topic  text    not null,
    id     blob    not null,
    first  integer not null,
    last   integer not null,
    -- Null once a text that came with the command was redacted: it could be guessed from this.
    digest blob    null,

    -- The id first: ids made by clients begin with the time, so that those of all topics go to the same few pages.
    primary key (id, topic)
) strict, without rowid;

create table head
(
    topic         text    not null primary key,
    number        integer not null,
    hash          blob    not null,
    contributions integer not null
) strict, without rowid;

create table audience
(
    topic text not null,
    key   text not null,

    primary key (topic, key)
) strict, without rowid;

create index audience_by_key on audience (key, topic);

create table passport
(
    holder  text    not null,
    holds   text    not null,
    held_as text    not null,
    since   integer not null,
    until   integer null,

    primary key (holder, holds)
) strict, without rowid;

create index passport_by_thing on passport (holds, holder);

create table due
(
    topic text    not null,
    key   text    not null,
    at    integer not null,
    shard integer not null,

    primary key (topic, key)
) strict, without rowid;

create index due_by_shard on due (shard, at);

create table tail_reader
(
    name     text    not null primary key,
    position integer not null
) strict, without rowid;

create table case_list
(
    topic          text    not null primary key,
    moved          integer not null,
    author         text    null,
    title          text    null,
    question       text    null,
    condition_code text    null,
    condition_text text    null,
    stage          text    null,
    hallway        integer not null
) strict, without rowid;

create index case_list_by_moved on case_list (moved desc, topic);

create table community_list
(
    community text not null primary key,
    topic     text not null,
    name      text not null,
    folded    text not null,
    purpose   text not null
) strict, without rowid;

create index community_list_by_name on community_list (folded, community);

create table institution_list
(
    institution text not null primary key,
    name        text not null,
    folded      text not null
) strict, without rowid;

create table person_list
(
    person    text    not null primary key,
    name      text    not null,
    folded    text    not null,
    specialty text    not null,
    grade     text    not null,
    version   integer not null
) strict, without rowid;

create index person_list_by_name on person_list (folded, person);

create table read_position
(
    person        text    not null,
    topic         text    not null,
    contributions integer not null,

    primary key (person, topic)
) strict, without rowid;

create table account
(
    name          text not null primary key,
    person        text not null,
    password_hash text not null
) strict, without rowid;

create table protection_key
(
    name text not null primary key,
    xml  text not null
) strict, without rowid;

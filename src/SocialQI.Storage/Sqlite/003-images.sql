-- Images of cases, and which events show them. SocialQI.StoreRows says what an event changes in the second.

create table image
(
    topic         text    not null,
    -- SHA-256 of the bytes, in hexadecimal digits.
    hash          text    not null,
    type          text    not null,
    width         integer not null,
    height        integer not null,
    sent_by       text    not null,
    -- Null once an event has shown it. What waits too long is swept.
    waiting_since integer null,
    thumbnail     blob    not null,
    bytes         blob    not null,

    primary key (topic, hash)
) strict;

create index image_waiting on image (waiting_since) where waiting_since is not null;

create table image_use
(
    topic  text    not null,
    number integer not null,
    hash   text    not null,
    -- 0 once the event was withdrawn.
    shown  integer not null,

    primary key (topic, number, hash)
) strict, without rowid;

create index image_use_by_hash on image_use (topic, hash);

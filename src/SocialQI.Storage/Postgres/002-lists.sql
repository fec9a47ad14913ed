-- Lists and search. Their readers begin anew, so that the lines are made again from the journal.

delete from tail_reader where name = 'lists';
drop table case_list;
drop table person_list;

create table case_list
(
    topic          text collate "C" not null primary key,
    moved          bigint           not null,
    author         text collate "C" null,
    title          text             null,
    -- Folded texts are what is compared: the title, the condition's name, and its code without the dot.
    folded         text collate "C" null,
    question       text             null,
    condition_code text             null,
    condition_text text             null,
    condition_flat text collate "C" null,
    condition_name text collate "C" null,
    stage          text collate "C" null,
    hallway        boolean          not null,
    last_number    bigint           null,
    last_kind      text collate "C" null,
    last_by        text collate "C" null,
    last_at        bigint           null
);

create index case_list_by_moved on case_list (moved desc, topic);
create index case_list_by_author on case_list (author, moved desc, topic);

create table person_list
(
    person    text collate "C" not null primary key,
    name      text             not null,
    folded    text collate "C" not null,
    specialty text             not null,
    field     text collate "C" not null,
    grade     text collate "C" not null,
    version   bigint           not null
);

create index person_list_by_name on person_list (folded, person);

-- What people follow, as their own topics say.
create table followed
(
    person text collate "C" not null,
    topic  text collate "C" not null,

    primary key (person, topic)
);

create table search_text
(
    topic  text collate "C" not null,
    -- Which text of the topic: case, a section's name, or a contribution's number.
    part   text collate "C" not null,
    number bigint           null,
    kind   text collate "C" not null,
    author text collate "C" not null,
    at     bigint           not null,
    body   text             not null,
    -- The words of the text as they are looked for, each with its places. They are made by the service, the same for both databases.
    words  tsvector         not null,

    primary key (topic, part)
);

create index search_text_by_author on search_text (author, at desc);
create index search_text_by_time on search_text (at desc);
create index search_text_by_words on search_text using gin (words);

-- How far lists that are made again have come.
create table rebuild
(
    name        text collate "C" not null primary key,
    after_topic text collate "C" not null,
    done        bigint           not null
);

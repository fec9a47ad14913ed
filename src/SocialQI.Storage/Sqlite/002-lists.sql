-- Lists and search. Their readers begin anew, so that the lines are made again from the journal.

delete from tail_reader where name = 'lists';
drop table case_list;
drop table person_list;

create table case_list
(
    topic          text    not null primary key,
    moved          integer not null,
    author         text    null,
    title          text    null,
    -- Folded texts are what is compared: the title, the condition's name, and its code without the dot.
    folded         text    null,
    question       text    null,
    condition_code text    null,
    condition_text text    null,
    condition_flat text    null,
    condition_name text    null,
    stage          text    null,
    hallway        integer not null,
    last_number    integer null,
    last_kind      text    null,
    last_by        text    null,
    last_at        integer null
) strict, without rowid;

create index case_list_by_moved on case_list (moved desc, topic);
create index case_list_by_author on case_list (author, moved desc, topic);

create table person_list
(
    person    text    not null primary key,
    name      text    not null,
    folded    text    not null,
    specialty text    not null,
    field     text    not null,
    grade     text    not null,
    version   integer not null
) strict, without rowid;

create index person_list_by_name on person_list (folded, person);

-- What people follow, as their own topics say.
create table followed
(
    person text not null,
    topic  text not null,

    primary key (person, topic)
) strict, without rowid;

create table search_text
(
    id     integer not null primary key,
    topic  text    not null,
    -- Which text of the topic: case, a section's name, or a contribution's number.
    part   text    not null,
    number integer null,
    kind   text    not null,
    author text    not null,
    at     integer not null,
    body   text    not null,
    -- The words of the text as they are looked for, one space between them.
    words  text    not null,

    unique (topic, part)
) strict;

create index search_text_by_author on search_text (author, at desc);
create index search_text_by_time on search_text (at desc);

-- The words are made by the service, the same for both databases; here they are only told apart by the spaces.
create virtual table search_words using fts5 (words, content = 'search_text', content_rowid = 'id', tokenize = 'ascii');

-- Text that is gone leaves no trace in the index.
insert into search_words (search_words, rank) values ('secure-delete', 1);

create trigger search_text_added after insert on search_text begin
    insert into search_words (rowid, words) values (new.id, new.words);
end;

create trigger search_text_gone after delete on search_text begin
    insert into search_words (search_words, rowid, words) values ('delete', old.id, old.words);
end;

create trigger search_text_changed after update on search_text begin
    insert into search_words (search_words, rowid, words) values ('delete', old.id, old.words);
    insert into search_words (rowid, words) values (new.id, new.words);
end;

-- How far lists that are made again have come.
create table rebuild
(
    name        text    not null primary key,
    after_topic text    not null,
    done        integer not null
) strict, without rowid;

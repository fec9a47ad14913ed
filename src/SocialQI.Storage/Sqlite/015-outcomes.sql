-- Outcomes that cases wait for, kept by the reader of the lists.
create table outcome_list
(
    topic text    not null primary key,
    due   integer not null,
    who   text    not null
) strict, without rowid;

create index outcome_list_by_due on outcome_list (due, topic);

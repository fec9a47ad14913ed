-- Panels as lists show them, kept by the reader of the lists.
create table panel_list
(
    topic  text    not null primary key,
    -- The last event folded in: what comes a second time changes nothing.
    number integer not null,
    stage  text    not null,
    title  text    not null,
    moved  integer not null,
    rounds integer not null,
    -- Who has a seat or convened it, with spaces around each.
    people text    not null
) strict, without rowid;

create index panel_list_by_time on panel_list (moved, topic);

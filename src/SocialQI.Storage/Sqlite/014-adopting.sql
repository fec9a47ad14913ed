-- Homes that are being taken in from another network. What followed from their events followed there.
create table adopting
(
    home text not null primary key
) strict, without rowid;

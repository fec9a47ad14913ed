-- Homes that are being taken in from another network. What followed from their events followed there.
create table adopting
(
    home text collate "C" not null primary key
);

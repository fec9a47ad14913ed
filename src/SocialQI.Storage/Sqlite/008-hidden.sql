-- Contributions that are hidden: their events are handed out without the payload, which stays for those who look at it. SocialQI.StoreRows says when.
alter table event add column hidden integer not null default 0;

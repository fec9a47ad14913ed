-- Ballots that are closed: while one is open, the record of acts is as silent about it as everything else. A ballot's last event says so; after it only who
-- may see it changes. Read with the owner's rights, for it tells no more than that.
create view closed_ballot as
    select h.topic from head h join event e on e.topic = h.topic and e.number = h.number
    where h.topic like 'ballot.%' and e.kind in ('ballot-closed', 'ballot-admitted');

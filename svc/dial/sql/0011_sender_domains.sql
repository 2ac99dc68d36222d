-- A domain with a dot at its end is the domain; of two tenants that held it in the two writings the first keeps it.
update dial.senders s set address = rtrim(address, '.')
 where kind = 4 and address like '%.'
   and not exists (select from dial.senders o where o.tenant_id = s.tenant_id and o.kind = 4 and o.address = rtrim(s.address, '.'));
delete from dial.senders where kind = 4 and address like '%.';

update dial.senders s set claim_time = null, release_time = now()
 where kind = 4 and claim_time is not null
   and exists (select from dial.senders o
                where o.kind = 4 and o.address = s.address and o.claim_time is not null
                  and (o.claim_time, o.tenant_id) < (s.claim_time, s.tenant_id));

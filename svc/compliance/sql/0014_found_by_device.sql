-- Decisions of a number or client are looked for now and then, and written all the time: an entry for each decision in two trees in random order cost
-- half of storing it. Filters for every half megabyte of the table cost next to nothing, and let a search skip nearly all the rest: some milliseconds
-- for a million decisions. They come when a range is full; what is newer is read.
create index decisions_device_and_client on compliance.decisions using brin (tenant_id, contact_info text_bloom_ops, client_id text_bloom_ops)
  with (pages_per_range = 64, autosummarize = on);
-- Last, since it locks the table for readers too.
drop index compliance.decisions_contact_info;
drop index compliance.decisions_client;

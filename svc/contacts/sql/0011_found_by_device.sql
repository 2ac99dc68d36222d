-- Interactions of a number or address are looked for now and then (those of a contact have their index), and written all the time. As in compliance: filters for
-- every half megabyte in place of a tree in random order.
create index interactions_device on contacts.interactions using brin (tenant_id, contact_info text_bloom_ops) with (pages_per_range = 64, autosummarize = on);
-- Last, since it locks the table for readers too.
drop index contacts.interactions_info;

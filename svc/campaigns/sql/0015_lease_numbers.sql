-- How often a chain was leased. A report says which lease it speaks for: what a dialer says after another has got its work is known by it.
alter table campaigns.chains add column lease_number integer not null default 0;

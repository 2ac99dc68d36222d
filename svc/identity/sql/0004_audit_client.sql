-- Where an audited call came from.
alter table identity.audit_entries add column client_address text not null default '';

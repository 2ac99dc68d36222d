-- The program for which a group contacts people; null for the tenant's usual one.
alter table campaigns.groups add column program_id uuid;

-- The tenant's provider through which a group reaches people; null for the tenant's default, or else the platform's own.
alter table campaigns.groups add column provider_id uuid;

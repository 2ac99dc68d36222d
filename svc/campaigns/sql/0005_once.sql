-- A group reaches a number or address once.

alter table campaigns.groups add column allow_duplicates boolean not null default false;

-- Hashes of the devices of a chain, in the places of `device_indexes`: what is queued is known by them also when its record is gone.
alter table campaigns.chains add column device_keys bigint[] not null default '{}';

-- Records that gave no chain when the group was loaded, and why.
create table campaigns.left_out (
  tenant_id uuid not null,
  campaign_group_id uuid not null,
  record_id uuid not null,
  contact_list_id uuid not null,
  client_id text not null,
  reason text not null,
  primary key (tenant_id, campaign_group_id, record_id)
);
call campaigns.protect('campaigns.left_out');

-- One process at a time tells compliance and dial of a group's state, so that they hear of states in order. It holds the group for a while, and no
-- connection: who died is followed when the time is over.
alter table campaigns.groups
  add column sync_holder text not null default '',
  add column sync_until timestamptz not null default '-infinity';

-- Who people are, and everything that was said and tried. No foreign keys between these tables: rows are never removed one by one, and a
-- thousand interactions a call are to be kept at the speed of the inserts alone.

create table contacts.contacts (
  tenant_id uuid not null,
  id uuid not null,
  client_id text,
  first_name text not null,
  last_name text not null,
  -- Names as they are searched: without case and accents, first name first and last name first.
  by_first text collate "C" not null,
  by_last text collate "C" not null,
  create_time timestamptz not null,
  update_time timestamptz not null,
  primary key (tenant_id, id)
);
create unique index contacts_client on contacts.contacts (tenant_id, client_id) where client_id is not null;
create index contacts_by_first on contacts.contacts (tenant_id, by_first);
create index contacts_by_last on contacts.contacts (tenant_id, by_last);
call contacts.protect('contacts.contacts');

-- Numbers (kind 1, E.164) and addresses (kind 2, lower case), each of one contact.
create table contacts.identities (
  tenant_id uuid not null,
  value text not null,
  kind smallint not null,
  contact_id uuid not null,
  create_time timestamptz not null,
  primary key (tenant_id, value)
);
create index identities_contact on contacts.identities (tenant_id, contact_id);
call contacts.protect('contacts.identities');

-- When a contact was last reached for or heard of. Apart from the contact, since it changes with every interaction and the contact does not.
create table contacts.heard (
  tenant_id uuid not null,
  contact_id uuid not null,
  last_interaction_time timestamptz,
  -- The same, or the contact's creation: what contacts are sorted by.
  heard_time timestamptz not null,
  primary key (tenant_id, contact_id)
) with (autovacuum_vacuum_scale_factor = 0.05);
create index heard_last on contacts.heard (tenant_id, heard_time desc, contact_id desc);
call contacts.protect('contacts.heard');

create table contacts.interactions (
  tenant_id uuid not null,
  id uuid not null,
  contact_id uuid not null,
  direction smallint not null,
  channel smallint not null,
  contact_info text not null,
  own_address text not null,
  campaign_group_id text not null,
  campaign_group_name text not null,
  record_id text not null,
  call_result smallint,
  delivery_state smallint,
  refusal_reason text not null,
  subject text not null,
  text text not null,
  start_time timestamptz not null,
  end_time timestamptz,
  primary key (tenant_id, id)
);
create index interactions_contact on contacts.interactions (tenant_id, contact_id, start_time desc, id desc);
create index interactions_info on contacts.interactions (tenant_id, contact_info, start_time desc, id desc);
create index interactions_group on contacts.interactions (tenant_id, campaign_group_id, start_time desc, id desc);
create index interactions_time on contacts.interactions (tenant_id, start_time desc, id desc);
call contacts.protect('contacts.interactions');

-- How much an outcome says: 0 nothing, 1 under way (sent, deferred), 2 not known (stale), 3 final. Reports may come late and twice, and one
-- that says less must not take the place of one that says more.
create function contacts.outcome_weight(call_result smallint, delivery_state smallint) returns integer
  language sql immutable parallel safe as
$$
  select case
    when call_result in (0, 28) then 0
    when call_result = 46 then 2
    when call_result is not null then 3
    when delivery_state in (1, 3) then 1
    when delivery_state = 10 then 2
    when delivery_state > 0 then 3
    else 0
  end
$$;

create table contacts.outbox (
  tenant_id uuid not null,
  id uuid not null,
  topic text not null,
  payload jsonb not null,
  attempts integer not null default 0,
  due_at timestamptz not null default now(),
  primary key (tenant_id, id)
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);
call contacts.protect('contacts.outbox');

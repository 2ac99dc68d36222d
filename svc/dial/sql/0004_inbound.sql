-- Whose a sender is, what came in and could not be given to anybody, and messages that come in parts.

-- Every sender that a tenant has used, for good: an opt-out to a number holds for all who have written from it. Who holds the claim
-- may go on using it; of those that the platform shares nobody does.
create table dial.senders (
  tenant_id uuid not null,
  -- SenderKind of the contract.
  kind smallint not null,
  -- In the one form in which senders are compared.
  address text collate "C" not null,
  first_use_time timestamptz not null,
  -- Null while the tenant does not hold the claim.
  claim_time timestamptz,
  -- Who claimed it: a user, an API key, or the campaign group that was the first to use it.
  claimed_by text not null default '',
  release_time timestamptz,
  primary key (tenant_id, kind, address)
);
call dial.protect('dial.senders');

-- Messages and receipts that wait for a person. What no tenant could be found for is nobody's: its tenant is the nil UUID.
create table dial.held_messages (
  tenant_id uuid not null,
  id uuid not null,
  -- HeldReason of the contract.
  reason smallint not null,
  from_address text not null,
  to_address text not null,
  text text not null,
  -- Tenants for which an opt-out holds all the same.
  opted_out_tenants integer not null default 0,
  receive_time timestamptz not null,
  primary key (tenant_id, id)
);
call dial.protect('dial.held_messages');

-- Parts of messages from phones, until all of one are there. Nobody's until then.
create table dial.message_parts (
  tenant_id uuid not null,
  from_address text not null,
  to_address text not null,
  reference integer not null,
  parts smallint not null,
  part smallint not null,
  from_type smallint not null,
  to_type smallint not null,
  text text not null,
  receive_time timestamptz not null,
  primary key (tenant_id, from_address, to_address, reference, parts, part)
);
call dial.protect('dial.message_parts');

-- Names of messages under way, in the one form in which they are compared from now on.
update dial.open_attempts
   set provider_message_id = case when provider_message_id ~ '^0+$' then '0' else ltrim(lower(provider_message_id), '0') end
 where channel = 2 and provider_message_id ~* '^[0-9a-f-]+$';

-- The first to have used a sender, as far as attempts tell, holds it.
insert into dial.senders (tenant_id, kind, address, first_use_time, claim_time, claimed_by)
select tenant_id, kind, address, first_use_time,
       case when row_number() over (partition by kind, address order by first_use_time, tenant_id) = 1 then first_use_time end, 'first use'
  from (select tenant_id, kind, address, min(create_time) as first_use_time
          from (select tenant_id, create_time,
                       case when channel = 3 then 4 when own_address ~ '^\+[0-9]{7,15}$' then 1 when own_address ~ '^[0-9]+$' then 2 else 3 end as kind,
                       case when channel = 3 then lower(substring(own_address from '@([A-Za-z0-9.-]+)>?\s*$'))
                            when own_address ~ '^\+?[0-9]+$' then own_address
                            else upper(left(own_address, 11)) end as address
                  from dial.attempts where own_address <> '' and state <> 4) as attempt
         where address <> ''
         group by tenant_id, kind, address) as used
on conflict do nothing;

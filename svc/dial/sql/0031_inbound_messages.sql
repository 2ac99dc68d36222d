-- What people write, for those who handle it: each message under the tenant's next number, for 30 days. The history of contacts has it for ever.
create table dial.inbound_sequences (
  tenant_id uuid primary key,
  last_sequence bigint not null
);
call dial.protect('dial.inbound_sequences');

create table dial.inbound_messages (
  tenant_id uuid not null,
  sequence bigint not null,
  -- The id of the interaction.
  id uuid not null,
  channel smallint not null,
  contact_info text collate "C" not null,
  client_id text not null,
  own_address text not null,
  program_id uuid not null,
  text text not null,
  -- KeywordKind of the contract; 0 for a message like any other.
  kind smallint not null,
  uncertain boolean not null,
  receive_time timestamptz not null,
  primary key (tenant_id, sequence)
);
create index inbound_messages_device on dial.inbound_messages (tenant_id, contact_info, sequence);
create index inbound_messages_time on dial.inbound_messages (tenant_id, receive_time);
call dial.protect('dial.inbound_messages');

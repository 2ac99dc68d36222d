-- What people are contacted for, and what they refused.

-- The usual program has the tenant's own id; its row is made when somebody first looks.
create table dial.programs (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  language text not null default '',
  contact_words text not null default '',
  request_id uuid,
  create_time timestamptz not null,
  update_time timestamptz not null,
  version integer not null default 1,
  primary key (tenant_id, id)
);
create unique index programs_name on dial.programs (tenant_id, lower(name));
create unique index programs_request on dial.programs (tenant_id, request_id) where request_id is not null;
call dial.protect('dial.programs');

-- What opt-outs mean, where it is not the default.
create table dial.opt_out_policies (
  tenant_id uuid primary key,
  -- OptOutScope of the contract.
  scope smallint not null,
  version integer not null,
  update_time timestamptz not null
);
call dial.protect('dial.opt_out_policies');

-- Everybody who said no, for good: who, when, where, in which words, what it suppresses, and what undid it.
create table dial.opt_outs (
  tenant_id uuid not null,
  id uuid not null,
  -- OptOutState, OptOutSource, OptOutScope and Channel of the contract.
  state smallint not null,
  source smallint not null,
  scope smallint not null,
  channel smallint not null,
  contact_info text collate "C" not null,
  client_id text not null,
  -- The usual program has the tenant's own id.
  program_id uuid not null,
  words text not null,
  own_address text not null,
  say_time timestamptz not null,
  attempt_id uuid,
  recorded_by text not null,
  -- What it suppresses, in the lists of `lists`.
  contact_infos text[] not null,
  client_ids text[] not null,
  -- When contacts and lists are to be asked for the person's other devices; null once they were, or where nobody has to.
  kin_due timestamptz,
  kin_tries smallint not null default 0,
  confirmed_by text not null default '',
  withdraw_time timestamptz,
  withdrawn_by text not null default '',
  withdraw_reason text not null default '',
  create_time timestamptz not null,
  primary key (tenant_id, id)
);
create index opt_outs_device on dial.opt_outs (tenant_id, contact_info, id);
create index opt_outs_provisional on dial.opt_outs (tenant_id, id) where state = 1;
create index opt_outs_kin on dial.opt_outs (tenant_id, kin_due) where kin_due is not null;
call dial.protect('dial.opt_outs');

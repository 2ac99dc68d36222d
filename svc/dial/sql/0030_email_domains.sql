-- Domains from which tenants send email, and the keys that sign it.

create table dial.email_domains (
  tenant_id uuid not null,
  -- As DNS has it.
  domain text not null,
  create_time timestamptz not null,
  primary key (tenant_id, domain)
);
call dial.protect('dial.email_domains');

create table dial.dkim_keys (
  tenant_id uuid not null,
  domain text not null,
  selector text not null,
  -- DkimAlgorithm of the contract: 1 RSA, 2 Ed25519. State, DkimKeyState: 1 pending, 2 signing, 3 retired.
  algorithm smallint not null,
  state smallint not null default 1,
  -- The value of `p=` in DNS.
  public_key text not null,
  -- The private key in PEM, sealed with the key that key_id names; it opens only for its tenant, domain and selector.
  key_id text not null,
  sealed bytea not null,
  record_problem text not null default '',
  check_time timestamptz,
  create_time timestamptz not null,
  sign_time timestamptz,
  retire_time timestamptz,
  primary key (tenant_id, domain, selector),
  foreign key (tenant_id, domain) references dial.email_domains (tenant_id, domain) on delete cascade
);
call dial.protect('dial.dkim_keys');

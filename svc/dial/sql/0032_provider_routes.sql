-- Through which provider an attempt goes; null for the operator's own. Message ids of different providers may be the same.
alter table dial.providers
  -- When a session last began to use it.
  add column use_time timestamptz,
  -- The dialer that receives what its message centre delivers while no session uses it, until then unless it renews.
  add column listener text not null default '',
  add column listener_until timestamptz not null default '-infinity';

-- account_version: after which change of the provider's account. Only the adapter that took a call knows its fate.
alter table dial.open_attempts add column provider_id uuid, add column account_version integer not null default 0;
alter table dial.attempts add column provider_id uuid;

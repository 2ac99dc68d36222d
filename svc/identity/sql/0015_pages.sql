-- How people outside meet a tenant: the host name of links in messages, and the colour of the pages behind them. Empty means the platform's own.
alter table identity.tenants
  add column link_host text not null default '',
  add column accent_color text not null default '';

-- Why the receiver refused a message; with a `due_at` of infinity it is set aside, and is delivered again only when somebody says so.
alter table dial.outbox add column reason text not null default '';

-- Results that could not be written as they came, so that those after them could: what could be kept of each, for people to look at.
create table dial.unwritten_results (
  tenant_id uuid not null,
  id uuid not null,
  attempt_id uuid not null,
  campaign_group_id uuid not null,
  -- sent, ended, stale, refused or returned.
  kind text not null,
  -- The change, without what PostgreSQL cannot keep.
  change jsonb not null,
  reason text not null,
  create_time timestamptz not null default now(),
  primary key (tenant_id, id)
);
call dial.protect('dial.unwritten_results');

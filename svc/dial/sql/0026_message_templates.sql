-- Message templates with their drafts, and what was published of them.

create table dial.message_templates (
  tenant_id uuid not null,
  id uuid not null,
  request_id uuid not null,
  name text not null,
  description text not null,
  channel smallint not null,
  -- MessageTemplateContent as JSON.
  draft jsonb not null,
  -- 0 before the first.
  published_version int not null default 0,
  -- Whether the draft differs from the published version.
  draft_changed boolean not null default true,
  version int not null default 1,
  create_time timestamptz not null,
  update_time timestamptz not null,
  primary key (tenant_id, id),
  constraint message_templates_request unique (tenant_id, request_id),
  constraint message_templates_name unique (tenant_id, name)
);
call dial.protect('dial.message_templates');

create table dial.message_template_versions (
  tenant_id uuid not null,
  template_id uuid not null,
  version int not null,
  content jsonb not null,
  note text not null,
  published_by text not null,
  publish_time timestamptz not null,
  primary key (tenant_id, template_id, version),
  foreign key (tenant_id, template_id) references dial.message_templates (tenant_id, id) on delete cascade
);
call dial.protect('dial.message_template_versions');

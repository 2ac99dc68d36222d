-- Words that people write, what they mean, and what is answered.

create table dial.keywords (
  tenant_id uuid not null,
  id uuid not null,
  -- KeywordKind of the contract.
  kind smallint not null,
  -- Null for every program.
  program_id uuid,
  language text not null,
  words text[] not null,
  answer text not null,
  silent boolean not null,
  request_id uuid,
  create_time timestamptz not null,
  update_time timestamptz not null,
  version integer not null default 1,
  primary key (tenant_id, id)
);
create unique index keywords_request on dial.keywords (tenant_id, request_id) where request_id is not null;
call dial.protect('dial.keywords');

-- Answers to what people wrote, for good: they are few, and say whether the next one would be one too many.
create table dial.answers (
  tenant_id uuid not null,
  -- The id of its attempt.
  id uuid not null,
  kind smallint not null,
  -- The keyword that it belongs to; null for Herald's own.
  keyword_id uuid,
  contact_info text collate "C" not null,
  client_id text not null,
  own_address text not null,
  program_id uuid not null,
  text text not null,
  create_time timestamptz not null,
  -- When it is to be sent; null once it is an attempt, or came too late.
  due_time timestamptz,
  primary key (tenant_id, id)
);
create index answers_device on dial.answers (tenant_id, contact_info, create_time);
create index answers_due on dial.answers (tenant_id, due_time) where due_time is not null;
call dial.protect('dial.answers');

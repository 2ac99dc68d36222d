-- Why the receiver refused a message; with a `due_at` of infinity it is set aside, and is delivered again only when somebody says so.
alter table contacts.outbox add column reason text not null default '';

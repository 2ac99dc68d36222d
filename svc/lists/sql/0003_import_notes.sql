-- When an import was last heard of: one that waits for its turn has no transaction whose lock could say that it is alive.
alter table lists.imports add column note_time timestamptz not null default now();

-- What was done with the unsubscribe link of an email. A link needs no row to work; this is what it can undo.
create table dial.unsubscribes (
  tenant_id uuid not null,
  -- The attempt that sent the email; it may be gone.
  attempt_id uuid not null,
  -- The opt-outs that the link recorded and that hold.
  opt_out_ids uuid[] not null default '{}',
  -- What they stopped: the emails of the program (1), or all advertising (2); 0 while nothing is stopped.
  stopped smallint not null default 0,
  -- How often it was changed, so that nobody fills tables with one link.
  changes integer not null default 0,
  create_time timestamptz not null,
  update_time timestamptz not null,
  primary key (tenant_id, attempt_id)
);
call dial.protect('dial.unsubscribes');

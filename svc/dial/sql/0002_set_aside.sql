-- What a dialer was working on when it ended. A group that was worked on at the end of two of them is set aside.
alter table dial.sessions
  -- Attempts of it are being made, since then; null while none are.
  add column working_since timestamptz,
  -- Dialers in a row that ended while they worked on it.
  add column crashes integer not null default 0,
  -- Left alone since then, until somebody resumes its group.
  add column set_aside_time timestamptz;

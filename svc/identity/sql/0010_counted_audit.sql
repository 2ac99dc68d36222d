-- Entries that stand for several calls that are alike: their count grows while they come.
alter table identity.audit_entries add column count integer not null default 1;
-- When the last of them began; null where there is one.
alter table identity.audit_entries add column last_time timestamptz;

-- The trail still only grows: what an entry says stays, and its count never falls.
grant update (count, last_time) on identity.audit_entries to herald_identity;
create function identity.on_audit_count() returns trigger language plpgsql as $$
begin
  if new.count <= old.count or new.last_time < coalesce(old.last_time, old.start_time) then
    raise exception 'Counts of the audit trail only grow.' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger only_grow before update on identity.audit_entries
  for each row execute function identity.on_audit_count();

-- Campaigns has to know where records may be, so that nobody is tried before the hours there begin, and who is suppressed, so that nobody who is gets into a queue.
create or replace view lists.preload_v1 as
select r.tenant_id, r.contact_list_id, r.id as record_id, r.client_id, r.device_indexes, r.device_types, r.device_infos,
       r.device_zones, r.zone, r.state, r.country
  from lists.records r
  join lists.contact_lists l on l.tenant_id = r.tenant_id and l.id = r.contact_list_id
 where r.import_number >= l.first_import_number
   and r.tenant_id = (select lists.current_tenant())
   and l.tenant_id = (select lists.current_tenant());

-- Lists that entries may be looked up in.
create view lists.suppression_lists_v1 as
select tenant_id, id as suppression_list_id, kind = 2 as by_client, required, channels, entry_count, update_time
  from lists.suppression_lists
 where tenant_id = (select lists.current_tenant());

-- Entries that hold now and have no end.
create view lists.suppressed_v1 as
select tenant_id, suppression_list_id, value
  from lists.suppression_entries
 where until_time is null and (from_time is null or from_time <= now())
   and tenant_id = (select lists.current_tenant());

do $$ begin
  if exists (select from pg_roles where rolname = 'herald_campaigns') then
    grant select on lists.suppression_lists_v1, lists.suppressed_v1 to herald_campaigns;
  end if;
end $$;

-- Campaigns has to know which records hold the same number or address: a person in two lists gets one message.
create or replace view lists.preload_v1 as
select r.tenant_id, r.contact_list_id, r.id as record_id, r.client_id, r.device_indexes, r.device_types, r.device_infos
  from lists.records r
  join lists.contact_lists l on l.tenant_id = r.tenant_id and l.id = r.contact_list_id
 where r.import_number >= l.first_import_number
   and r.tenant_id = (select lists.current_tenant())
   and l.tenant_id = (select lists.current_tenant());

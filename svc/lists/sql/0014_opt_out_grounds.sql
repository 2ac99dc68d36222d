-- Opt-outs of one channel or of all, from one program or from all, of devices or of clients: one list for each. And why each entry is there, so that
-- an opt-out that is withdrawn takes back what it alone suppressed.

-- The channel whose opt-outs a list keeps: 0 for all channels, null for every list that is the tenant's own. Lists from before have `opt_out_channel`, of which a tenant has
-- one for each channel. The program is null for all programs.
alter table lists.suppression_lists add column opt_outs_of smallint, add column program_id uuid;
create unique index suppression_lists_kept on lists.suppression_lists (tenant_id, coalesce(opt_outs_of, opt_out_channel), kind, program_id) nulls not distinct
 where coalesce(opt_outs_of, opt_out_channel) is not null;

-- The opt-outs because of which an entry is there. The nil UUID stands for those that nothing withdraws but a correction: entries from before, and entries that people added.
create table lists.opt_out_grounds (
  tenant_id uuid not null,
  suppression_list_id uuid not null,
  value text collate "C" not null,
  opt_out_id uuid not null,
  create_time timestamptz not null,
  primary key (tenant_id, suppression_list_id, value, opt_out_id)
);
create index opt_out_grounds_opt_out on lists.opt_out_grounds (tenant_id, opt_out_id);
call lists.protect('lists.opt_out_grounds');

insert into lists.opt_out_grounds (tenant_id, suppression_list_id, value, opt_out_id, create_time)
select e.tenant_id, e.suppression_list_id, e.value, '00000000-0000-0000-0000-000000000000', e.create_time
  from lists.suppression_lists l
  join lists.suppression_entries e on e.tenant_id = l.tenant_id and e.suppression_list_id = l.id
 where l.opt_out_channel is not null;

-- Lists that entries may be looked up in, with the program for which they hold.
create or replace view lists.suppression_lists_v1 as
select tenant_id, id as suppression_list_id, kind = 2 as by_client, required, channels, entry_count, update_time, program_id
  from lists.suppression_lists
 where tenant_id = (select lists.current_tenant());

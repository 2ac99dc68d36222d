-- The lists in which opt-outs are kept are known by a mark that nobody can set, instead of by their name.

-- Channel of the contract; null for every list that is the tenant's own.
alter table lists.suppression_lists add column opt_out_channel smallint;
create unique index suppression_lists_opt_outs on lists.suppression_lists (tenant_id, opt_out_channel) where opt_out_channel is not null;

-- Why a single opt-out was taken back: it was wrong, or the person consented again. For good.
create table lists.opt_out_corrections (
  tenant_id uuid not null,
  id uuid not null,
  suppression_list_id uuid not null,
  value text collate "C" not null,
  reason text not null,
  -- Kind and id of the caller.
  corrected_by text not null,
  correct_time timestamptz not null,
  primary key (tenant_id, id)
);
call lists.protect('lists.opt_out_corrections');

-- What was made for opt-outs and is as it was made gets the mark.
update lists.suppression_lists set opt_out_channel = 2, version = version + 1
 where name = 'Opt-outs (SMS)' and kind = 1 and required and (channels = '{}' or 2 = any(channels));

-- Another list of that name, or one that was weakened, stays its tenant's own; the opt-outs that were put into it get a list beside it.
insert into lists.suppression_lists (tenant_id, id, name, description, kind, channels, required, opt_out_channel, create_time, update_time)
select l.tenant_id, made.id, 'Opt-outs (SMS), kept by Herald ' || right(made.id::text, 6),
       'Numbers whose owners answered STOP to a text message. Kept by Herald.', 1, '{2}', true, 2, now(), now()
  from lists.suppression_lists l cross join lateral (select uuidv7() as id where l.id is not null) as made
 where lower(l.name) = 'opt-outs (sms)' and l.opt_out_channel is null
   and exists (select from lists.suppression_entries e where e.tenant_id = l.tenant_id and e.suppression_list_id = l.id and e.reason = 'Opted out by SMS');
insert into lists.suppression_entries (tenant_id, suppression_list_id, value, from_time, until_time, reason, create_time)
select e.tenant_id, marked.id, e.value, null, null, e.reason, e.create_time
  from lists.suppression_lists l
  join lists.suppression_lists marked on marked.tenant_id = l.tenant_id and marked.opt_out_channel = 2
  join lists.suppression_entries e on e.tenant_id = l.tenant_id and e.suppression_list_id = l.id and e.reason = 'Opted out by SMS'
 where lower(l.name) = 'opt-outs (sms)' and l.opt_out_channel is null
on conflict do nothing;
update lists.suppression_lists l set entry_count =
       (select count(*) from lists.suppression_entries e where e.tenant_id = l.tenant_id and e.suppression_list_id = l.id)
 where opt_out_channel is not null;

-- Nothing of this is in the log of changes: whoever listens to it begins anew.
update lists.suppression_sequence set last_sequence = last_sequence + 1, forgotten_sequence = last_sequence + 1;

-- Suppression lists that decisions of a tenant ever rested on. A check that names one of them which is there no more is answered (it
-- holds nothing); a check that names any other is refused.
create table compliance.known_suppression_lists (
  tenant_id uuid not null,
  id uuid not null,
  primary key (tenant_id, id)
);

insert into compliance.known_suppression_lists (tenant_id, id)
  select distinct tenant_id, (list ->> 'id')::uuid from compliance.rule_sets, jsonb_array_elements(content -> 'lists') as list;

call compliance.protect('compliance.known_suppression_lists');

-- What an import did with rows that the list had already (KnownRecords of the contract), and how many of each.
alter table lists.imports add column known_records smallint not null default 0;
alter table lists.imports add column added_count bigint not null default 0;
alter table lists.imports add column updated_count bigint not null default 0;
alter table lists.imports add column skipped_count bigint not null default 0;
alter table lists.imports add column removed_count bigint not null default 0;
-- Imports before them added every row that they accepted.
update lists.imports set added_count = accepted_count, known_records = 3 where state = 2;

-- The first import whose own columns the records have: a REPLACE that keeps records does not move first_import_number.
alter table lists.contact_lists add column first_field_import integer not null default 0;

-- The zones of new devices, each parted by spaces, together with all that the person's devices had before.
create function lists.joined_zones(new_zones text[], old_zones text[]) returns text[]
  language sql immutable parallel safe set search_path = pg_catalog
return array(
  select (select string_agg(distinct zone, ' ' order by zone)
            from unnest(string_to_array(concat_ws(' ', one, array_to_string(old_zones, ' ')), ' ')) as zone
           where zone <> '')
    from unnest(new_zones) with ordinality as each_new (one, place) order by place);

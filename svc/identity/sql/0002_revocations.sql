-- Which access tokens are void before their end. Triggers write it, so that whatever changes a user, role, key, session or tenant counts,
-- be it an RPC or an operator's statement; and every process hears of it when the transaction commits.

create sequence identity.revocation_versions;

-- Tokens of `subject_id` (a user, API key, session or the tenant) that were made at an older version are void. A token says the version that
-- its subject had just before its roles were read. Rows go once the last such token has ended.
create table identity.revocations (
  tenant_id uuid not null,
  subject_id uuid not null,
  version bigint not null,
  revoke_time timestamptz not null default now(),
  primary key (tenant_id, subject_id)
);
call identity.protect('identity.revocations');

-- Makes the tokens void that a subject has now, and with `for_good` all that it will ever have: of what is deleted.
create function identity.revoke(tenant uuid, subject uuid, for_good boolean) returns void language plpgsql as $$
declare
  last bigint := 9007199254740991; -- the largest that every language of the platform counts to
  now_version bigint;
begin
  insert into identity.revocations as known (tenant_id, subject_id, version)
  values (tenant, subject, case when for_good then last else nextval('identity.revocation_versions') end)
  -- The version is taken once the row is ours: two changes of one subject get theirs in the order in which they commit.
  on conflict (tenant_id, subject_id) do update set
    version = case when for_good or known.version = last then last else nextval('identity.revocation_versions') end,
    revoke_time = now()
  returning version into now_version;
  perform pg_notify('identity_revocations', subject || ' ' || now_version);
end $$;

create function identity.on_user_change() returns trigger language plpgsql as $$
begin
  perform identity.revoke(old.tenant_id, old.id, tg_op = 'DELETE');
  return null;
end $$;
create trigger revoke_disabled after update of disabled on identity.users
  for each row when (new.disabled and not old.disabled) execute function identity.on_user_change();
create trigger revoke_deleted after delete on identity.users
  for each row execute function identity.on_user_change();
create trigger revoke_deleted after delete on identity.api_keys
  for each row execute function identity.on_user_change();

-- Who loses a role. What somebody gains comes with the next token.
create function identity.on_role_taken() returns trigger language plpgsql as $$
begin
  perform identity.revoke(old.tenant_id, old.user_id, false);
  return null;
end $$;
create trigger revoke_taken after delete on identity.user_roles
  for each row execute function identity.on_role_taken();

create function identity.on_role_narrowed() returns trigger language plpgsql as $$
begin
  perform identity.revoke(old.tenant_id, holder, false) from (
    select user_id as holder from identity.user_roles where tenant_id = old.tenant_id and role_id = old.id
    union select api_key_id from identity.api_key_roles where tenant_id = old.tenant_id and role_id = old.id
    order by holder) as holders;
  return null;
end $$;
create trigger revoke_narrowed after update of permissions on identity.roles
  for each row when (not new.permissions @> old.permissions) execute function identity.on_role_narrowed();

-- A session that ended by itself had no token left.
create function identity.on_session_end() returns trigger language plpgsql as $$
begin
  perform identity.revoke(old.tenant_id, old.id, true);
  return null;
end $$;
create trigger revoke_ended after delete on identity.sessions
  for each row when (old.expire_time > now()) execute function identity.on_session_end();

-- Of a suspended tenant every token is void; when it is let in again, those that have not ended work again.
create function identity.on_suspension() returns trigger language plpgsql as $$
begin
  if new.suspended then
    perform identity.revoke(new.tenant_id, new.tenant_id, true);
  else
    delete from identity.revocations where tenant_id = new.tenant_id and subject_id = new.tenant_id;
    perform pg_notify('identity_revocations', new.tenant_id || ' 0');
  end if;
  return null;
end $$;
create trigger revoke_suspended after update of suspended on identity.tenants
  for each row when (new.suspended <> old.suspended) execute function identity.on_suspension();

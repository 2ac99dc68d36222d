/** SQL of providers at work, across tenants: what they are now, how they do, and who listens to them. */
import { ProviderKind, type ProviderState } from "../../../gen/herald/dial/v1/provider.ts";
import type { Queryable, TenantQueryable } from "../../lib/postgres/db.ts";
import { PROVIDER_COLUMNS, type ProviderRow, type StoredProvider, toProvider } from "./provider-store.ts";

/** All providers of these tenants, of which each has few. */
export async function providersOf(db: Queryable, tenantIds: readonly string[]): Promise<StoredProvider[]> {
  const text = `select ${PROVIDER_COLUMNS} from dial.providers p where p.tenant_id = any($1::uuid[])`;
  const { rows } = await db.query<ProviderRow>({ name: "providers_of", text }, [tenantIds]);
  return rows.map(toProvider);
}

/** Notes how a provider does, unless its account has changed since. */
export async function noteState(
  db: TenantQueryable,
  { id, accountVersion }: Pick<StoredProvider, "id" | "accountVersion">,
  state: typeof ProviderState.PROVIDER_STATE_UP | typeof ProviderState.PROVIDER_STATE_DOWN,
  trouble: string,
  now: Date,
): Promise<void> {
  await db.query(
    `update dial.providers set state = $4, trouble = $5, state_time = case when state = $4 then state_time else $6 end
      where tenant_id = $1 and id = $2 and account_version = $3 and (state <> $4 or trouble <> $5)`,
    [db.tenantId, id, accountVersion, state, trouble, now],
  );
}

/** Notes that a session begins to use a provider. */
export async function noteUse(db: TenantQueryable, id: string, now: Date): Promise<void> {
  await db.query("update dial.providers set use_time = $3 where tenant_id = $1 and id = $2", [db.tenantId, id, now]);
}

/** How long a message centre is listened to after a session last used it: receipts and answers of people may come late. */
const LISTENED_DAYS = 30;
const LISTENED_MOST = 1_000;

/**
 * Takes over listening to message centres that were used lately and that no dialer listens to, and renews it for those that this dialer
 * listens to. Gives the providers.
 */
export async function claimListening(
  db: Queryable,
  dialer: string,
  leaseSeconds: number,
  now: Date,
): Promise<StoredProvider[]> {
  const text = `
    with listened as (
      update dial.providers set listener = $1, listener_until = now() + $2 * interval '1 second'
       where (tenant_id, id) in (
         select tenant_id, id from dial.providers
          where kind = ${ProviderKind.PROVIDER_KIND_SMPP} and not disabled and use_time > $3::timestamptz - interval '${LISTENED_DAYS} days'
            and (listener = $1 or listener_until < now())
          limit ${LISTENED_MOST} for update skip locked)
      returning *)
    select ${PROVIDER_COLUMNS} from listened p`;
  const { rows } = await db.query<ProviderRow>({ name: "claim_listening", text }, [dialer, leaseSeconds, now]);
  return rows.map(toProvider);
}

/** Leaves listening to other dialers. */
export async function endListening(db: Queryable, dialer: string): Promise<void> {
  await db.query("update dial.providers set listener = '', listener_until = '-infinity' where listener = $1", [dialer]);
}

/** The provider through which a person was last written to from a sender; empty for the operator's, or if nobody knows it any more. */
export async function lastProviderOf(db: TenantQueryable, contactInfo: string, ownAddress: string): Promise<string> {
  const { rows } = await db.query<{ id: string | null }>(
    `select p.id from (
       select provider_id from dial.attempts
        where tenant_id = $1 and contact_info = $2 and own_address = $3 and state <> 4 order by id desc limit 1) as last
       left join dial.providers p on p.tenant_id = $1 and p.id = last.provider_id and not p.disabled`,
    [db.tenantId, contactInfo, ownAddress],
  );
  return rows[0]?.id ?? "";
}

/** Names of running campaign groups that use a provider: those that name it and, if it is the default, those that name none. */
export async function findUsers(
  db: TenantQueryable,
  { id, isDefault }: Pick<StoredProvider, "id" | "isDefault">,
  channel: number,
  limit: number,
): Promise<string[]> {
  const { rows } = await db.query<{ name: string }>(
    `select coalesce(settings->>'campaignGroupName', '') as name from dial.sessions
      where tenant_id = $1 and state <> 3
        and (settings->>'providerId' = $2 or ($3 and channel = $4 and coalesce(settings->>'providerId', '') = ''))
      order by create_time limit $5`,
    [db.tenantId, id, isDefault, channel, limit],
  );
  return rows.map(({ name }) => name);
}

/** SQL of providers. */
import { type Provider, type ProviderKind, ProviderState } from "../../../gen/herald/dial/v1/provider.ts";
import type { Channel } from "../../../gen/herald/common/v1/channel.ts";
import type { TenantQueryable } from "../../lib/postgres/db.ts";
import { isUniqueViolation } from "../../lib/errors/faults.ts";
import { etagOf } from "../../lib/request/etag.ts";
import { type Page, pageOf } from "../../lib/request/page.ts";
import { providerLimitReached, providerNameTaken, providerNotFound } from "../errors.ts";
import { type Account, KINDS, readAccount, writeAccount } from "./account.ts";

/** What callers set of a provider. */
export interface ProviderSettings {
  name: string;
  description: string;
  /** Without its secret. */
  account: Account;
  isDefault: boolean;
  disabled: boolean;
  defaultSender: string;
}

/** A provider as it is stored. */
export interface StoredProvider extends ProviderSettings {
  tenantId: string;
  id: string;
  version: number;
  /** Grows with each change after which connections are opened anew. */
  accountVersion: number;
  shown: Provider;
}

export interface ProviderRow {
  tenant_id: string;
  id: string;
  name: string;
  description: string;
  kind: ProviderKind;
  channel: Channel;
  account: unknown;
  is_default: boolean;
  disabled: boolean;
  default_sender: string;
  version: number;
  account_version: number;
  shown_state: ProviderState;
  trouble: string;
  state_time: Date | null;
  create_time: Date;
  update_time: Date;
  secrets: { field: string; setTime: string }[] | null;
}

const { PROVIDER_STATE_DISABLED: DISABLED, PROVIDER_STATE_UNUSED: UNUSED } = ProviderState;
const STATE = `case when p.disabled then ${DISABLED} else p.state end`;
/** The columns of a provider `p`, with the names of its secrets. */
export const PROVIDER_COLUMNS = `p.tenant_id, p.id, p.name, p.description, p.kind, p.channel, p.account, p.is_default, p.disabled, p.default_sender, p.version,
  p.account_version, ${STATE} as shown_state, case when p.disabled then '' else p.trouble end as trouble, p.state_time, p.create_time, p.update_time,
  (select json_agg(json_build_object('field', s.field, 'setTime', s.set_time) order by s.field) from dial.provider_secrets s
    where s.tenant_id = p.tenant_id and s.provider_id = p.id) as secrets`;

/** Most providers of a tenant; each may hold connections open. */
const MOST_PROVIDERS = 100;

/**
 * Stores a new provider. Gives its id, and whether it is new: the same `requestId` again gives the id of the first call. Throws
 * PROVIDER_LIMIT_REACHED.
 */
export async function insertProvider(
  tx: TenantQueryable,
  id: string,
  requestId: string,
  settings: ProviderSettings,
  now: Date,
): Promise<{ id: string; isNew: boolean }> {
  await tx.query("select pg_advisory_xact_lock(hashtextextended('dial.providers ' || $1, 0))", [tx.tenantId]);
  const { rows } = await tx.query<{ id: string | null; count: number }>(
    `select (select id from dial.providers where tenant_id = $1 and request_id = $2) as id,
            (select count(*)::int from dial.providers where tenant_id = $1) as count`,
    [tx.tenantId, requestId],
  );
  const [known] = rows;
  if (known?.id) return { id: known.id, isNew: false };
  if ((known?.count ?? 0) >= MOST_PROVIDERS) throw providerLimitReached(MOST_PROVIDERS);
  await yieldDefault(tx, settings, id);
  const { kind, channel } = KINDS[settings.account.$case];
  await namedOnce(settings.name, () =>
    tx.query(
      `insert into dial.providers (tenant_id, id, request_id, name, description, kind, channel, account, is_default, disabled, default_sender, create_time, update_time)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12)`,
      [tx.tenantId, id, requestId, settings.name, settings.description, kind, channel, ...columnsOf(settings), now],
    ),
  );
  return { id, isNew: true };
}

/** Writes the settings of a provider. With `isMoved`, connections are opened anew. */
export async function updateProvider(
  tx: TenantQueryable,
  id: string,
  settings: ProviderSettings,
  isMoved: boolean,
  now: Date,
): Promise<void> {
  await yieldDefault(tx, settings, id);
  const anew = isMoved
    ? `, account_version = account_version + 1, state = ${UNUSED}, trouble = '', state_time = null`
    : "";
  await namedOnce(settings.name, () =>
    tx.query(
      `update dial.providers set name = $3, description = $4, account = $5, is_default = $6, disabled = $7, default_sender = $8,
              version = version + 1, update_time = $9${anew}
        where tenant_id = $1 and id = $2`,
      [tx.tenantId, id, settings.name, settings.description, ...columnsOf(settings), now],
    ),
  );
}

/** The provider that was the default of the channel is it no longer. */
async function yieldDefault(tx: TenantQueryable, { isDefault, account }: ProviderSettings, id: string): Promise<void> {
  if (!isDefault) return;
  await tx.query(
    "update dial.providers set is_default = false, version = version + 1 where tenant_id = $1 and channel = $2 and is_default and id <> $3",
    [tx.tenantId, KINDS[account.$case].channel, id],
  );
}

const columnsOf = ({ account, isDefault, disabled, defaultSender }: ProviderSettings) => [
  JSON.stringify(writeAccount(account)),
  isDefault,
  disabled,
  defaultSender,
];

/** One provider; throws PROVIDER_NOT_FOUND. With `lock`, other writers wait until the transaction ends. */
export async function getProvider(db: TenantQueryable, id: string, lock = false): Promise<StoredProvider> {
  const text = `select ${PROVIDER_COLUMNS} from dial.providers p where p.tenant_id = $1 and p.id = $2${lock ? " for update of p" : ""}`;
  const { rows } = await db.query<ProviderRow>(text, [db.tenantId, id]);
  if (!rows[0]) throw providerNotFound(id);
  return toProvider(rows[0]);
}

export interface ProviderFilter {
  channel: Channel;
  kind: ProviderKind;
  state: ProviderState;
}

/** One page of providers, newest first. */
export async function listProviders(
  db: TenantQueryable,
  { channel, kind, state }: ProviderFilter,
  page: Page,
): Promise<{ items: Provider[]; nextPageToken: string }> {
  const { rows } = await db.query<ProviderRow>(
    `select ${PROVIDER_COLUMNS} from dial.providers p
      where p.tenant_id = $1 and ($2::uuid is null or p.id < $2) and ($3 = 0 or p.channel = $3) and ($4 = 0 or p.kind = $4) and ($5 = 0 or ${STATE} = $5)
      order by p.id desc limit $6`,
    [db.tenantId, page.after?.[0] ?? null, channel, kind, state, page.limit],
  );
  return pageOf(
    page,
    rows,
    (row) => [row.id],
    (row) => toProvider(row).shown,
  );
}

/** Deletes a provider with its secrets; throws PROVIDER_NOT_FOUND. */
export async function deleteProvider(db: TenantQueryable, id: string): Promise<void> {
  const { rowCount } = await db.query("delete from dial.providers where tenant_id = $1 and id = $2", [db.tenantId, id]);
  if (rowCount === 0) throw providerNotFound(id);
}

/** Counts one more test. Gives how many the tenant made within the minute, with this one, and when that minute began. */
export async function countTest(db: TenantQueryable, now: Date): Promise<{ count: number; since: Date }> {
  const { rows } = await db.query<{ count: number; since: Date }>(
    `insert into dial.provider_tests as t (tenant_id, since, count) values ($1, $2, 1)
     on conflict (tenant_id) do update
        set count = case when t.since <= $2 - interval '1 minute' then 1 else t.count + 1 end,
            since = case when t.since <= $2 - interval '1 minute' then $2 else t.since end
     returning count, since`,
    [db.tenantId, now],
  );
  return rows[0] as { count: number; since: Date };
}

async function namedOnce<T>(name: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (isUniqueViolation(error, "providers_name")) throw providerNameTaken(name);
    throw error;
  }
}

export function toProvider(row: ProviderRow): StoredProvider {
  const account = readAccount(row.kind, row.account);
  const settings = {
    name: row.name,
    description: row.description,
    isDefault: row.is_default,
    disabled: row.disabled,
    defaultSender: row.default_sender,
  };
  return {
    ...settings,
    tenantId: row.tenant_id,
    id: row.id,
    account,
    version: row.version,
    accountVersion: row.account_version,
    shown: {
      ...settings,
      id: row.id,
      kind: account,
      channel: row.channel,
      secrets: (row.secrets ?? []).map(({ field, setTime }) => ({ field, setTime: new Date(setTime) })),
      state: row.shown_state,
      trouble: row.trouble,
      stateTime: row.state_time ?? undefined,
      createTime: row.create_time,
      updateTime: row.update_time,
      etag: etagOf(row.version),
    },
  };
}

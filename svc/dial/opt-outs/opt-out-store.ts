/** SQL of opt-outs. */
import type { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { type OptOut, type OptOutScope, type OptOutSource, OptOutState } from "../../../gen/herald/dial/v1/opt_out.ts";
import type { Queryable, TenantQueryable } from "../../lib/postgres/db.ts";
import { type Page, pageOf } from "../../lib/request/page.ts";
import { optOutNotFound } from "../errors.ts";

/** An opt-out as it is stored first. */
export type NewOptOut = Omit<
  OptOut,
  "complete" | "confirmedBy" | "withdrawTime" | "withdrawnBy" | "withdrawReason" | "createTime" | "sayTime"
> & { sayTime: Date };

interface OptOutRow {
  tenant_id: string;
  id: string;
  state: OptOutState;
  source: OptOutSource;
  scope: OptOutScope;
  channel: Channel;
  contact_info: string;
  client_id: string;
  program_id: string;
  words: string;
  own_address: string;
  say_time: Date;
  attempt_id: string | null;
  recorded_by: string;
  contact_infos: string[];
  client_ids: string[];
  kin_due: Date | null;
  confirmed_by: string;
  withdraw_time: Date | null;
  withdrawn_by: string;
  withdraw_reason: string;
  create_time: Date;
}

const COLUMNS = `tenant_id, id, state, source, scope, channel, contact_info, client_id, program_id, words, own_address, say_time, attempt_id,
  recorded_by, contact_infos, client_ids, kin_due, confirmed_by, withdraw_time, withdrawn_by, withdraw_reason, create_time`;

/** Stores an opt-out; undefined when its id is there already. `kinDue` says when its other devices are looked for; null: never. */
export async function insertOptOut(
  tx: TenantQueryable,
  optOut: NewOptOut,
  { kinDue, now }: { kinDue: Date | null; now: Date },
): Promise<OptOut | undefined> {
  const { rows } = await tx.query<OptOutRow>(
    `insert into dial.opt_outs (tenant_id, id, state, source, scope, channel, contact_info, client_id, program_id, words, own_address, say_time,
       attempt_id, recorded_by, contact_infos, client_ids, kin_due, create_time)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
     on conflict (tenant_id, id) do nothing returning ${COLUMNS}`,
    [
      tx.tenantId,
      optOut.id,
      optOut.state,
      optOut.source,
      optOut.scope,
      optOut.channel,
      optOut.contactInfo,
      optOut.clientId,
      optOut.programId,
      optOut.words,
      optOut.ownAddress,
      optOut.sayTime,
      optOut.attemptId || null,
      optOut.recordedBy,
      optOut.contactInfos,
      optOut.clientIds,
      kinDue,
      now,
    ],
  );
  return rows[0] && toOptOut(rows[0]);
}

/** One opt-out, locked until the transaction ends; undefined if it is not there. */
export async function lockOptOut(tx: TenantQueryable, id: string): Promise<OptOut | undefined> {
  const { rows } = await tx.query<OptOutRow>(
    `select ${COLUMNS} from dial.opt_outs where tenant_id = $1 and id = $2 for update`,
    [tx.tenantId, id],
  );
  return rows[0] && toOptOut(rows[0]);
}

/** Throws NOT_FOUND. */
export async function getOptOut(db: TenantQueryable, id: string): Promise<OptOut> {
  const { rows } = await db.query<OptOutRow>(`select ${COLUMNS} from dial.opt_outs where tenant_id = $1 and id = $2`, [
    db.tenantId,
    id,
  ]);
  if (!rows[0]) throw optOutNotFound(id);
  return toOptOut(rows[0]);
}

/** Newest first. */
export async function listOptOuts(
  db: TenantQueryable,
  { state, contactInfo }: { state: OptOutState; contactInfo: string },
  page: Page,
): Promise<{ items: OptOut[]; nextPageToken: string }> {
  const { rows } = await db.query<OptOutRow>(
    `select ${COLUMNS} from dial.opt_outs
      where tenant_id = $1 and ($2::uuid is null or id < $2) and ($3 = 0 or state = $3) and ($4 = '' or contact_info = $4)
      order by id desc limit $5`,
    [db.tenantId, page.after?.[0] ?? null, state, contactInfo, page.limit],
  );
  return pageOf(page, rows, (row) => [row.id], toOptOut);
}

/** Opt-outs of a number or address that hold and that one of these sources brought, oldest first, locked until the transaction ends. */
export async function lockHolding(
  tx: TenantQueryable,
  contactInfos: readonly string[],
  sources: readonly OptOutSource[],
): Promise<OptOut[]> {
  const { rows } = await tx.query<OptOutRow>(
    `select ${COLUMNS} from dial.opt_outs
      where tenant_id = $1 and contact_info = any($2::text[]) and source = any($3::smallint[]) and state <> $4 order by id for update`,
    [tx.tenantId, contactInfos, sources, OptOutState.OPT_OUT_STATE_WITHDRAWN],
  );
  return rows.map(toOptOut);
}

export async function confirm(tx: TenantQueryable, id: string, confirmedBy: string): Promise<OptOut> {
  const { rows } = await tx.query<OptOutRow>(
    `update dial.opt_outs set state = $3, confirmed_by = $4 where tenant_id = $1 and id = $2 returning ${COLUMNS}`,
    [tx.tenantId, id, OptOutState.OPT_OUT_STATE_HOLDING, confirmedBy],
  );
  return toOptOut(rows[0] as OptOutRow);
}

export async function withdraw(
  tx: TenantQueryable,
  id: string,
  { by, reason }: { by: string; reason: string },
  now: Date,
): Promise<OptOut> {
  const { rows } = await tx.query<OptOutRow>(
    `update dial.opt_outs set state = $3, withdrawn_by = $4, withdraw_reason = $5, withdraw_time = $6, kin_due = null
      where tenant_id = $1 and id = $2 returning ${COLUMNS}`,
    [tx.tenantId, id, OptOutState.OPT_OUT_STATE_WITHDRAWN, by, reason, now],
  );
  return toOptOut(rows[0] as OptOutRow);
}

/** Opt-outs whose other devices are to be looked for: of each tenant the oldest, then the next of each. `again` is when they are looked for again if that fails. */
export async function claimKinDue(
  db: Queryable,
  { now, again, limit }: { now: Date; again: Date; limit: number },
): Promise<{ tenantId: string; optOut: OptOut }[]> {
  const { rows } = await db.query<OptOutRow>(
    `update dial.opt_outs set kin_due = $2::timestamptz + least(kin_tries, 60) * interval '1 second', kin_tries = least(kin_tries + 1, 1000)
      where (tenant_id, id) in (
        select tenant_id, id from dial.opt_outs where kin_due <= $1 and (tenant_id, id) in (
          select tenant_id, id from (
            select tenant_id, id, kin_due, row_number() over (partition by tenant_id order by kin_due) as turn from dial.opt_outs where kin_due <= $1
          ) as due order by turn, kin_due limit $3)
        for update skip locked)
     returning ${COLUMNS}`,
    [now, again, limit],
  );
  return rows.map((row) => ({ tenantId: row.tenant_id, optOut: toOptOut(row) }));
}

/** Notes what else it suppresses. False when it was withdrawn meanwhile. */
export async function addKin(
  tx: TenantQueryable,
  id: string,
  { contactInfos, clientIds }: Pick<OptOut, "contactInfos" | "clientIds">,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update dial.opt_outs set contact_infos = $3, client_ids = $4, kin_due = null where tenant_id = $1 and id = $2 and state <> $5`,
    [tx.tenantId, id, contactInfos, clientIds, OptOutState.OPT_OUT_STATE_WITHDRAWN],
  );
  return rowCount === 1;
}

const toOptOut = (row: OptOutRow): OptOut => ({
  id: row.id,
  state: row.state,
  source: row.source,
  scope: row.scope,
  channel: row.channel,
  contactInfo: row.contact_info,
  clientId: row.client_id,
  programId: row.program_id,
  words: row.words,
  ownAddress: row.own_address,
  sayTime: row.say_time,
  attemptId: row.attempt_id ?? "",
  recordedBy: row.recorded_by,
  contactInfos: row.contact_infos,
  clientIds: row.client_ids,
  complete: row.kin_due === null,
  confirmedBy: row.confirmed_by,
  withdrawTime: row.withdraw_time ?? undefined,
  withdrawnBy: row.withdrawn_by,
  withdrawReason: row.withdraw_reason,
  createTime: row.create_time,
});

/** SQL of senders, across tenants: who has used them, and who holds the claim. */
import { type Sender, SenderKind } from "../../../gen/herald/dial/v1/sender.ts";
import type { Queryable, TenantQueryable } from "../../lib/postgres/db.ts";
import { type Page, pageOf } from "../../lib/request/page.ts";
import { coveredBy, type SenderName, tailOf } from "./senders.ts";
import { registeredDomain } from "./shared-domains.ts";

/** The same name, or one number with and without its country code: $1 kind, $2 address, $3 its digits or nothing. */
const MAY_BE_SAME = `((kind = $1 and address = $2) or ($3::text <> '' and kind in (1, 2) and length(ltrim(address, '+')) >= 7
    and (right(ltrim(address, '+'), length($3)) = $3 or right($3, length(ltrim(address, '+'))) = ltrim(address, '+'))))`;

const named = (sender: SenderName) => [sender.kind, sender.address, tailOf(sender)] as const;

/** Every tenant that has ever used a sender. */
export async function findSenderUsers(
  db: Queryable,
  sender: SenderName,
): Promise<{ tenantId: string; sender: SenderName }[]> {
  const { rows } = await db.query<{ tenant_id: string; kind: SenderKind; address: string }>(
    `select tenant_id, kind, address from dial.senders where ${MAY_BE_SAME} order by first_use_time`,
    [...named(sender)],
  );
  return rows.map(({ tenant_id: tenantId, kind, address }) => ({ tenantId, sender: { kind, address } }));
}

/** Until the transaction ends, the tenant can make no other claim, and nobody else can claim this sender or a domain above or below it. */
export async function lockSender(tx: TenantQueryable, { kind, address }: SenderName): Promise<void> {
  const name = `${kind} ${kind === SenderKind.SENDER_KIND_EMAIL_DOMAIN ? (registeredDomain(address) ?? address) : address}`;
  for (const one of [tx.tenantId, name])
    await tx.query("select pg_advisory_xact_lock(hashtextextended('dial.senders ' || $1, 0))", [one]);
}

/** The same sender, a domain above it or below it: $1 kind, $2 its addresses and those above, $3 how those below end. */
const BOUND = `kind = $1 and (address = any($2) or ($1 = ${SenderKind.SENDER_KIND_EMAIL_DOMAIN} and right(address, length($3)) = $3))`;

/** Whether another tenant holds the claim to it, or to a domain above or below it. */
export async function isHeldByAnother(tx: TenantQueryable, sender: SenderName): Promise<boolean> {
  const { rowCount } = await tx.query(
    `select from dial.senders where ${BOUND} and tenant_id <> $4 and claim_time is not null limit 1`,
    [sender.kind, coveredBy(sender), `.${sender.address}`, tx.tenantId],
  );
  return (rowCount ?? 0) > 0;
}

/** How many claims a tenant holds, not counting this sender. */
export async function countOtherClaims(tx: TenantQueryable, { kind, address }: SenderName): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(
    `select count(*)::int as count from dial.senders
      where tenant_id = $1 and claim_time is not null and (kind, address) <> ($2, $3)`,
    [tx.tenantId, kind, address],
  );
  return rows[0]?.count ?? 0;
}

/** Takes the claim from its holders, and gives who they were. */
export async function releaseOfAll(tx: Queryable, { kind, address }: SenderName, now: Date): Promise<string[]> {
  const { rows } = await tx.query<{ tenant_id: string }>(
    `update dial.senders set claim_time = null, release_time = $3
      where kind = $1 and address = $2 and claim_time is not null returning tenant_id`,
    [kind, address, now],
  );
  return rows.map(({ tenant_id: tenantId }) => tenantId);
}

/** Notes that a tenant uses a sender. With `claimedBy` it also gets the claim, unless it has it already. */
export async function putSender(
  tx: TenantQueryable,
  { kind, address }: SenderName,
  claimedBy: string | undefined,
  now: Date,
): Promise<Sender> {
  const { rows } = await tx.query<SenderRow>(
    `insert into dial.senders as s (tenant_id, kind, address, first_use_time, claim_time, claimed_by)
     values ($1, $2, $3, $4, case when $5::text is not null then $4::timestamptz end, coalesce($5, ''))
     on conflict (tenant_id, kind, address) do update
       set claim_time = coalesce(s.claim_time, excluded.claim_time), release_time = case when $5::text is null then s.release_time end,
           claimed_by = case when s.claim_time is null and $5::text is not null then excluded.claimed_by else s.claimed_by end
     returning kind, address, first_use_time, claim_time, claimed_by, release_time`,
    [tx.tenantId, kind, address, now, claimedBy ?? null],
  );
  return toSender(rows[0] as SenderRow);
}

/** Gives up the claim. It stays known that the sender was used. */
export async function releaseSender(db: TenantQueryable, { kind, address }: SenderName, now: Date): Promise<void> {
  await db.query(
    `update dial.senders set claim_time = null, release_time = $4
      where tenant_id = $1 and kind = $2 and address = $3 and claim_time is not null`,
    [db.tenantId, kind, address, now],
  );
}

/** By kind and address. */
export async function listSenders(
  db: TenantQueryable,
  page: Page,
): Promise<{ items: Sender[]; nextPageToken: string }> {
  const { rows } = await db.query<SenderRow>(
    `select kind, address, first_use_time, claim_time, claimed_by, release_time from dial.senders
      where tenant_id = $1 and ($2::smallint is null or (kind, address) > ($2, $3)) order by kind, address limit $4`,
    [db.tenantId, page.after?.[0] ?? null, page.after?.[1] ?? null, page.limit],
  );
  return pageOf(page, rows, (row) => [String(row.kind), row.address], toSender);
}

interface SenderRow {
  kind: SenderKind;
  address: string;
  first_use_time: Date;
  claim_time: Date | null;
  claimed_by: string;
  release_time: Date | null;
}

const toSender = (row: SenderRow): Sender => ({
  kind: row.kind,
  address: row.address,
  firstUseTime: row.first_use_time,
  claimTime: row.claim_time ?? undefined,
  claimedBy: row.claimed_by,
  releaseTime: row.release_time ?? undefined,
});

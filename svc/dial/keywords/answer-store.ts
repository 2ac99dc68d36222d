/** SQL of answers to what people wrote. */
import type { KeywordKind } from "../../../gen/herald/dial/v1/keyword.ts";
import type { Queryable, TenantQueryable } from "../../lib/postgres/db.ts";

/** An answer that is to be sent. */
export interface Answer {
  /** The id of its attempt. */
  id: string;
  kind: KeywordKind;
  /** Empty for Herald's own answer. */
  keywordId: string;
  contactInfo: string;
  clientId: string;
  ownAddress: string;
  programId: string;
  text: string;
}

/** Until the transaction ends, nobody else answers this number for the tenant. */
export async function lockAnswers(tx: TenantQueryable, contactInfo: string): Promise<void> {
  await tx.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [
    `dial.answers ${tx.tenantId} ${contactInfo}`,
  ]);
}

/** What was answered to a number since an instant, newest first. */
export async function answersSince(
  db: TenantQueryable,
  contactInfo: string,
  since: Date,
): Promise<{ kind: KeywordKind; keywordId: string; createTime: Date }[]> {
  const { rows } = await db.query<{ kind: KeywordKind; keyword_id: string | null; create_time: Date }>(
    `select kind, keyword_id, create_time from dial.answers
      where tenant_id = $1 and contact_info = $2 and create_time >= $3 order by create_time desc limit 20`,
    [db.tenantId, contactInfo, since],
  );
  return rows.map(({ kind, keyword_id, create_time: createTime }) => ({
    kind,
    keywordId: keyword_id ?? "",
    createTime,
  }));
}

/** Stores an answer; it is due at once. */
export async function putAnswer(tx: TenantQueryable, answer: Answer, now: Date): Promise<void> {
  await tx.query(
    `with known as (
       insert into dial.test_tenants (tenant_id, last_request_time) values ($1, $10) on conflict do nothing)
     insert into dial.answers (tenant_id, id, kind, keyword_id, contact_info, client_id, own_address, program_id, text, create_time, due_time)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)`,
    [
      tx.tenantId,
      answer.id,
      answer.kind,
      answer.keywordId || null,
      answer.contactInfo,
      answer.clientId,
      answer.ownAddress,
      answer.programId,
      answer.text,
      now,
    ],
  );
}

interface AnswerRow {
  tenant_id: string;
  id: string;
  kind: KeywordKind;
  keyword_id: string | null;
  contact_info: string;
  client_id: string;
  own_address: string;
  program_id: string;
  text: string;
  create_time: Date;
}

/** Due answers of all tenants. They are due again at `again`, in case that this dialer ends before it has begun them. */
export async function claimDueAnswers(
  db: Queryable,
  { now, again, limit }: { now: Date; again: Date; limit: number },
): Promise<{ tenantId: string; answer: Answer; createTime: Date }[]> {
  const { rows } = await db.query<AnswerRow>(
    `update dial.answers set due_time = $2
      where (tenant_id, id) in (select tenant_id, id from dial.answers where due_time <= $1 order by due_time limit $3 for update skip locked)
     returning tenant_id, id, kind, keyword_id, contact_info, client_id, own_address, program_id, text, create_time`,
    [now, again, limit],
  );
  return rows.map((row) => ({
    tenantId: row.tenant_id,
    createTime: row.create_time,
    answer: {
      id: row.id,
      kind: row.kind,
      keywordId: row.keyword_id ?? "",
      contactInfo: row.contact_info,
      clientId: row.client_id,
      ownAddress: row.own_address,
      programId: row.program_id,
      text: row.text,
    },
  }));
}

/** Notes that an answer is an attempt now, or will be none. False when another dialer was first. */
export async function takeAnswer(tx: TenantQueryable, id: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    "update dial.answers set due_time = null where tenant_id = $1 and id = $2 and due_time is not null",
    [tx.tenantId, id],
  );
  return rowCount === 1;
}

/** Nothing was sent: it is due again. */
export async function returnAnswer(db: TenantQueryable, id: string, due: Date): Promise<void> {
  await db.query("update dial.answers set due_time = $3 where tenant_id = $1 and id = $2", [db.tenantId, id, due]);
}

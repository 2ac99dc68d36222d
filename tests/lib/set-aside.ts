/** Puts messages into an outbox that are set aside, as the relay leaves them after too many refusals. */
import pg from "pg";
import { AuditEntry } from "../../gen/herald/identity/v1/audit_entry.ts";
import { AuditAction } from "../../gen/herald/options/v1/options.ts";
import { AUDIT_ENTRIES } from "../../svc/lib/audit/audit-entries.ts";
import { attemptIdsOf, type MessageKind, messagesOf } from "../../svc/lib/outbox/message-kind.ts";
import { newId } from "../../svc/lib/request/ids.ts";

/** An audit entry, as it waits in an outbox. */
export const keptAuditEntry = (tenantId: string, id = newId()): AuditEntry =>
  AuditEntry.fromPartial({
    id,
    tenantId,
    startTime: new Date("2026-03-02T15:00:00.123Z"),
    durationMs: 12,
    rpc: "herald.lists.v1.RecordService/ImportRecords",
    action: AuditAction.AUDIT_ACTION_ALTER,
    callerKind: "user",
    callerId: newId(),
    requestId: newId(),
    status: "OK",
  });

/** The outbox in which a message is set aside, and the reason. */
export interface SetAsideOptions {
  db: { query(text: string, values: unknown[]): Promise<unknown> };
  service: string;
  tenantId: string;
  reason?: string;
}

/** Sets one message with these items aside in a service's outbox. Gives its id. */
export async function setAside<Request, Item>(
  { db, service, tenantId, reason = "refused" }: SetAsideOptions,
  kind: MessageKind<Request, Item>,
  items: Item[],
): Promise<string> {
  const [id, [message]] = [newId(), messagesOf(kind, items)];
  await db.query(
    `insert into ${service}.outbox_messages (tenant_id, id, topic, body, items, attempt_ids, attempts, due_at, reason)
      values ($1, $2, $3, $4, $5, $6, 8, 'infinity', $7)`,
    [tenantId, id, kind.topic, message?.body, message?.items, attemptIdsOf(kind, items), reason],
  );
  return id;
}

/**
 * Sets an audit entry of the demo tenant aside in the outbox of `lists`. Gives the id of the message. If the entry is not `good`, identity
 * refuses it for ever.
 */
export async function setAsideForDemo(databaseUrl: string, { good }: { good: boolean }): Promise<string> {
  const db = new pg.Client({ connectionString: new URL("/herald", databaseUrl).href });
  await db.connect();
  try {
    const { rows } = await db.query<{ tenant_id: string }>(
      "select tenant_id from identity.tenants where slug = 'demo'",
    );
    const tenantId = rows[0]?.tenant_id ?? "";
    const reason = 'audit_entries[0].id: "Ann, +12125550123" is not an id.';
    const entry = keptAuditEntry(tenantId, good ? newId() : "no id");
    return await setAside({ db, service: "lists", tenantId, reason }, AUDIT_ENTRIES, [entry]);
  } finally {
    await db.end();
  }
}

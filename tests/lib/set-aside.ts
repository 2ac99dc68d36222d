/** Messages that their receiver refused, as the relay of an outbox leaves them after too many tries. */
import pg from "pg";
import { newId } from "../../svc/lib/request/ids.ts";

/** An entry of the audit trail, as it waits in an outbox. */
export const keptAuditEntry = (tenantId: string, id = newId()): Record<string, unknown> => ({
  id,
  tenantId,
  startTime: "2026-03-02T15:00:00.123Z",
  durationMs: 12,
  rpc: "herald.lists.v1.RecordService/ImportRecords",
  action: "AUDIT_ACTION_ALTER",
  callerKind: "user",
  callerId: newId(),
  requestId: newId(),
  clientAddress: "",
  objectIds: {},
  status: "OK",
});

/** Sets an audit entry of the demo tenant aside in the outbox of `lists` of a platform; gives its id. One that is not `good` is refused for ever. */
export async function setAsideForDemo(databaseUrl: string, { good }: { good: boolean }): Promise<string> {
  const client = new pg.Client({ connectionString: new URL("/herald", databaseUrl).href });
  await client.connect();
  try {
    const { rows } = await client.query<{ tenant_id: string }>(
      "select tenant_id from identity.tenants where slug = 'demo'",
    );
    const [id, tenantId] = [newId(), rows[0]?.tenant_id ?? ""];
    const entry = keptAuditEntry(tenantId, good ? newId() : "no id");
    await client.query(
      `insert into lists.outbox (tenant_id, id, topic, payload, attempts, due_at, reason) values ($1, $2, 'audit', $3, 8, 'infinity', $4)`,
      [tenantId, id, JSON.stringify(entry), 'audit_entries[0].id: "Ann, +12125550123" is not an id.'],
    );
    return id;
  } finally {
    await client.end();
  }
}

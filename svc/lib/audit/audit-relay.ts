/** Delivers the audit entries of a service's outbox to `identity`. */
import { AuditEntry } from "../../../gen/herald/identity/v1/audit_entry.ts";
import { AuditServiceDefinition } from "../../../gen/herald/identity/v1/audit_service.ts";
import { AUDIT_TOPIC, type KeptAuditEntry } from "./audit.ts";
import type { Connection } from "../client/client.ts";
import type { Outbox } from "../outbox/outbox.ts";

const DEADLINE_MS = 10_000;

export function relayAudit(outbox: Outbox, identity: Connection): void {
  const audit = identity.client(AuditServiceDefinition);
  outbox.relay<KeptAuditEntry>(AUDIT_TOPIC, {
    deliver: (tenantId, entries, signal) =>
      audit.recordAuditEntries(
        { auditEntries: entries.map((entry) => AuditEntry.fromJSON(entry)) },
        { tenantId, timeoutMs: DEADLINE_MS, signal },
      ),
  });
}

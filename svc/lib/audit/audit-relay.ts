/** Delivers the audit entries of a service's outbox to `identity`. */
import { AuditServiceDefinition } from "../../../gen/herald/identity/v1/audit_service.ts";
import { AUDIT_ENTRIES } from "./audit-entries.ts";
import type { Connection } from "../client/client.ts";
import type { Outbox } from "../outbox/outbox.ts";

export function relayAudit(outbox: Outbox, identity: Connection): void {
  const audit = identity.client(AuditServiceDefinition);
  outbox.relay(AUDIT_ENTRIES, (request, scope) => audit.recordAuditEntries(request, scope));
}

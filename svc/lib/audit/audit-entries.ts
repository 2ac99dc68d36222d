/** Entries of the audit trail in an outbox. */
import { AuditEntry } from "../../../gen/herald/identity/v1/audit_entry.ts";
import { RecordAuditEntriesRequest } from "../../../gen/herald/identity/v1/audit_service.ts";
import type { MessageKind } from "../outbox/message-kind.ts";

export const AUDIT_ENTRIES: MessageKind<RecordAuditEntriesRequest, AuditEntry> = {
  topic: "audit",
  request: RecordAuditEntriesRequest,
  wrap: (auditEntries) => ({ auditEntries }),
  unwrap: ({ auditEntries }) => auditEntries,
  fromJson: (entry) => ({ auditEntries: [AuditEntry.fromJSON(entry)] }),
};

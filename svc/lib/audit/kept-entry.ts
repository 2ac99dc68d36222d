/** An entry of the audit trail, as a service makes and stores it. */
import type { AuditEntry } from "../../../gen/herald/identity/v1/audit_entry.ts";

/** Its times are always set. */
export type KeptAuditEntry = AuditEntry & { startTime: Date; lastTime: Date };

/** Keeps entries of one tenant durably. */
export type AuditEntryKeeper = (tenantId: string, entries: readonly KeptAuditEntry[]) => Promise<void>;

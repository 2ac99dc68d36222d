/** The RPCs of AuditService. */
import type { AuditEntry } from "../../../gen/herald/identity/v1/audit_entry.ts";
import type { AuditServiceImplementation } from "../../../gen/herald/identity/v1/audit_service.ts";
import type { Ctx, Handlers } from "../../lib/rpc/context.ts";
import type { Database } from "../../lib/postgres/db.ts";
import { readPage } from "../../lib/request/page.ts";
import { Checks } from "../../lib/request/validate.ts";
import { insertAuditEntries, listAuditEntries } from "./audit-store.ts";

const MOST_ENTRIES = 1_000;
const MOST_OBJECT_IDS = 50;
const MOST_COUNTED = 2_000_000_000;

export const auditService = ({ db }: { db: Database }): Handlers<AuditServiceImplementation> => ({
  async listAuditEntries(req, ctx) {
    const page = readPage(req, { usual: 50, most: 500 });
    const { items, nextPageToken } = await listAuditEntries(db.tenant(ctx.tenantId), req, page);
    return { auditEntries: items, nextPageToken };
  },

  async recordAuditEntries(req, ctx) {
    checkEntries(req.auditEntries, ctx);
    if (req.auditEntries.length === 0) return {};
    const scope = ctx.everyTenant ? db.everyTenant() : db.tenant(ctx.tenantId);
    await insertAuditEntries(scope, req.auditEntries);
    return {};
  },
});

/** Checks entries, which come from services: their mistakes must not spoil the trail. */
function checkEntries(entries: readonly AuditEntry[], ctx: Ctx): void {
  const check = new Checks();
  check.count("audit_entries", entries, { most: MOST_ENTRIES });
  entries.slice(0, MOST_ENTRIES).forEach((entry, i) => {
    const field = `audit_entries[${i}]`;
    check.id(`${field}.id`, entry.id);
    check.id(`${field}.tenant_id`, entry.tenantId);
    check.that(
      ctx.everyTenant || entry.tenantId === ctx.tenantId,
      `${field}.tenant_id`,
      "Must be the tenant of the call.",
    );
    check.that(entry.startTime !== undefined, `${field}.start_time`, "Required.");
    check.text(`${field}.rpc`, entry.rpc, { most: 200 });
    check.chosen(`${field}.action`, entry.action);
    check.text(`${field}.caller_kind`, entry.callerKind, { most: 20 });
    check.text(`${field}.caller_id`, entry.callerId, { least: entry.callerKind === "none" ? 0 : 1, most: 100 });
    check.text(`${field}.request_id`, entry.requestId, { least: 0, most: 128 });
    check.text(`${field}.client_address`, entry.clientAddress, { least: 0, most: 45 });
    check.text(`${field}.status`, entry.status, { most: 40 });
    check.that(
      entry.count >= 0 && entry.count <= MOST_COUNTED,
      `${field}.count`,
      `Must be from 1 to ${MOST_COUNTED}; 0 is read as 1.`,
    );
    check.count(`${field}.object_ids`, Object.keys(entry.objectIds), { most: MOST_OBJECT_IDS });
  });
  check.done();
}

import { api, given } from "../api/client.ts";
import type { AuditAction, AuditEntry } from "../api/contract.ts";
import { answerOf } from "../api/failure.ts";
import type { PagedQuery } from "../api/use-pages.ts";

export const noAuditFilters = { action: "", outcome: "", clientAddress: "", callerId: "" };

/** The tenant's audit trail, newest first. */
export const auditPages = (filters: typeof noAuditFilters): PagedQuery<AuditEntry> => ({
  queryKey: ["audit", "page", filters],
  fetchPage: async (page, signal) => {
    const { action, outcome, clientAddress, callerId } = filters;
    const query = given({
      ...page,
      action: action as AuditAction,
      refused: outcome === "REFUSED" || undefined,
      clientAddress,
      callerId,
    });
    const answer = await answerOf(api.GET("/v1/audit-entries", { params: { query }, signal }));
    return { rows: answer.auditEntries, nextPageToken: answer.nextPageToken };
  },
});

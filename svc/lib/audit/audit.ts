/**
 * The audit trail. Every audited call that succeeded has an entry, stored in the service's own outbox before the answer leaves. Refused
 * calls are counted.
 */
import { AuditAction } from "../../../gen/herald/options/v1/options.ts";
import type { MethodRule } from "../../../gen/methods.ts";
import type { AuditCounter } from "./audit-counter.ts";
import type { AuditEntryKeeper, KeptAuditEntry } from "./kept-entry.ts";
import type { Caller } from "../rpc/context.ts";
import { newId } from "../request/ids.ts";

/** What the interceptor knows about an audited call. */
export interface AuditedCall {
  rule: MethodRule;
  path: string;
  tenantId: string;
  caller: Caller;
  requestId: string;
  clientAddress: string;
  /** On the clock of `performance.now()`. */
  startedAt: number;
  code: string;
  request: unknown;
  response: unknown;
}

/** Keeps one audited call durably; rejects when it could not. */
export type AuditSink = (call: AuditedCall) => Promise<void>;

/** Stores each call that succeeded, and counts those that were refused. */
export const auditSink =
  (keep: AuditEntryKeeper, refused: AuditCounter): AuditSink =>
  (call) => {
    const entry = auditEntry(call, new Date(), performance.now());
    return call.code === "OK" ? keep(call.tenantId, [entry]) : refused.add(entry);
  };

const ACTIONS = {
  create: AuditAction.AUDIT_ACTION_CREATE,
  edit: AuditAction.AUDIT_ACTION_EDIT,
  delete: AuditAction.AUDIT_ACTION_DELETE,
  alter: AuditAction.AUDIT_ACTION_ALTER,
  execute: AuditAction.AUDIT_ACTION_EXECUTE,
  export: AuditAction.AUDIT_ACTION_EXPORT,
} as const;

/** The entry of an audited call. */
function auditEntry(call: AuditedCall, now: Date, clockMs: number): KeptAuditEntry {
  const durationMs = Math.max(0, Math.round(clockMs - call.startedAt));
  const startTime = new Date(now.getTime() - durationMs);
  return {
    id: newId(),
    tenantId: call.tenantId,
    startTime,
    durationMs,
    rpc: call.path.slice(1),
    action: call.rule.audit ? ACTIONS[call.rule.audit] : AuditAction.AUDIT_ACTION_UNSPECIFIED,
    callerKind: call.caller.kind,
    callerId: call.caller.id,
    requestId: call.requestId,
    clientAddress: call.clientAddress,
    objectIds: { ...objectIds(call.request), ...objectIds(call.response) },
    status: call.code,
    count: 1,
    lastTime: startTime,
    callerName: "",
  };
}

/** The ids that a message names, by field name; the id of a nested resource as `<resource>_id`. Nothing else of it. */
export function objectIds(message: unknown): Record<string, string> {
  if (typeof message !== "object" || message === null) return {};
  const ids: Record<string, string> = {};
  for (const [name, value] of Object.entries(message) as [string, unknown][]) {
    if (typeof value === "string" && value !== "" && name.endsWith("Id")) ids[snakeCase(name)] = clip(value);
    const nested = typeof value === "object" && value !== null && "id" in value ? value.id : undefined;
    if (typeof nested === "string" && nested !== "") ids[`${snakeCase(name)}_id`] = clip(nested);
  }
  return ids;
}

const snakeCase = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
/** A caller may have sent anything as an id, and Postgres stores no NUL. */
const clip = (text: string) => text.replaceAll("\0", "").slice(0, 100);

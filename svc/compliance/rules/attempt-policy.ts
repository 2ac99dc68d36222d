/** An attempt policy as it is kept, shown and asked for. Pure. */
import type { AttemptPolicy } from "../../../gen/herald/compliance/v1/attempt_policy.ts";
import { etagOf } from "../../lib/request/etag.ts";
import { type HoldPolicy, USUAL_POLICY } from "./engine/hold.ts";

export interface PolicyRow {
  calls_exclusive: boolean;
  call_hold_seconds: number;
  messages_exclusive: boolean;
  message_hold_seconds: number;
  version: number;
  update_time: Date | string | null;
}

/** Of a tenant that changed nothing. */
export const USUAL: PolicyRow = {
  calls_exclusive: true,
  call_hold_seconds: USUAL_POLICY.callMs / 1_000,
  messages_exclusive: true,
  message_hold_seconds: USUAL_POLICY.messageMs / 1_000,
  version: 0,
  update_time: null,
};

/** What of a policy checks ask for. */
export const holdPolicyOf = (row: PolicyRow | null): HoldPolicy =>
  row
    ? {
        callMs: row.calls_exclusive ? row.call_hold_seconds * 1_000 : 0,
        messageMs: row.messages_exclusive ? row.message_hold_seconds * 1_000 : 0,
      }
    : USUAL_POLICY;

/** As people see it. */
export const toPolicy = (row: PolicyRow): AttemptPolicy => ({
  callsExclusive: row.calls_exclusive,
  callHoldSeconds: row.call_hold_seconds,
  messagesExclusive: row.messages_exclusive,
  messageHoldSeconds: row.message_hold_seconds,
  updateTime: row.update_time === null ? undefined : new Date(row.update_time),
  etag: etagOf(row.version),
});

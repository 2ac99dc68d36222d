/** Notes in the audit trail who signed in, refreshed, signed out, or was refused. Strangers can repeat all of this without end, so it is counted. */
import { TokenServiceDefinition } from "../../../gen/herald/identity/v1/token_service.ts";
import { AuditAction } from "../../../gen/herald/options/v1/options.ts";
import type { KeptAuditEntry } from "../../lib/audit/kept-entry.ts";
import type { AuditCounter } from "../../lib/audit/audit-counter.ts";
import type { Ctx } from "../../lib/rpc/context.ts";
import { RpcError, status } from "../../lib/errors/errors.ts";
import { newId } from "../../lib/request/ids.ts";
import type { Now } from "../../lib/async/time.ts";

/** The account of a try. Without an id, the tenant has no account of that name, and the name is not kept. */
export interface TriedAccount {
  tenantId: string;
  kind: "user" | "api_key";
  id: string | undefined;
}

/** The actions that are noted. */
type TrailAction =
  AuditAction.AUDIT_ACTION_SIGN_IN | AuditAction.AUDIT_ACTION_REFRESH | AuditAction.AUDIT_ACTION_SIGN_OUT;

export interface SignInTrail {
  /** Does the work and notes how it ended. Without an account there is no tenant whose trail could have it. */
  noted<Answer>(
    ctx: Ctx,
    action: TrailAction,
    account: TriedAccount | undefined,
    work: () => Promise<Answer>,
  ): Promise<Answer>;
  /** Notes that a session ended. */
  signedOut(ctx: Ctx, account: TriedAccount): Promise<void>;
}

const { fullName, methods } = TokenServiceDefinition;
const RPCS = {
  [AuditAction.AUDIT_ACTION_SIGN_IN]: methods.issueToken,
  [AuditAction.AUDIT_ACTION_REFRESH]: methods.issueToken,
  [AuditAction.AUDIT_ACTION_SIGN_OUT]: methods.revokeToken,
};

export function signInTrail({ counter, now }: { counter: AuditCounter; now: Now }): SignInTrail {
  const entryOf = (ctx: Ctx, action: TrailAction, account: TriedAccount, code: string): KeptAuditEntry => {
    const at = now();
    return {
      id: newId(),
      tenantId: account.tenantId,
      startTime: at,
      durationMs: 0,
      rpc: `${fullName}/${RPCS[action].name}`,
      action,
      callerKind: account.id === undefined ? "none" : account.kind,
      callerId: account.id ?? "",
      requestId: ctx.requestId,
      clientAddress: ctx.clientAddress,
      objectIds: {},
      status: code,
      count: 1,
      lastTime: at,
      callerName: "",
    };
  };
  return {
    async noted(ctx, action, account, work) {
      if (!account) return work();
      const answer = await work().catch((error: unknown) => {
        // Counted in memory only: if the first of an hour were written at once, the duration would show which accounts exist.
        if (error instanceof RpcError) counter.count(entryOf(ctx, action, account, status[error.code]));
        throw error;
      });
      await counter.add(entryOf(ctx, action, account, "OK"));
      return answer;
    },
    signedOut: (ctx, account) => counter.add(entryOf(ctx, AuditAction.AUDIT_ACTION_SIGN_OUT, account, "OK")),
  };
}

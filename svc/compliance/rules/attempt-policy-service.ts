/** The RPCs of AttemptPolicyService. */
import type { AttemptPolicyServiceImplementation } from "../../../gen/herald/compliance/v1/attempt_policy_service.ts";
import { readEtag } from "../../lib/request/etag.ts";
import { masked } from "../../lib/request/mask.ts";
import { Checks } from "../../lib/request/validate.ts";
import type { Handlers } from "../../lib/rpc/context.ts";
import { attemptPolicyChanged } from "../errors.ts";
import type { AttemptPolicyStore, PolicyChange } from "./attempt-policy-store.ts";

interface Deps {
  store: AttemptPolicyStore;
  now: () => Date;
}

const FIELDS = ["callsExclusive", "callHoldSeconds", "messagesExclusive", "messageHoldSeconds"] as const;

export const attemptPolicyService = ({ store, now }: Deps): Handlers<AttemptPolicyServiceImplementation> => ({
  async getAttemptPolicy(_req, ctx) {
    return { attemptPolicy: await store.readPolicy(ctx.tenantId) };
  },

  async updateAttemptPolicy({ attemptPolicy, updateMask }, ctx) {
    const { etag, set } = masked(attemptPolicy, updateMask, FIELDS);
    const version = readEtag(etag, "attempt_policy.etag");
    const policy = await store.updatePolicy(ctx.tenantId, version, readChange(set), now());
    if (!policy) throw attemptPolicyChanged();
    return { attemptPolicy: policy };
  },
});

function readChange(set: PolicyChange): PolicyChange {
  const check = new Checks();
  const { callHoldSeconds, messageHoldSeconds } = set;
  if (callHoldSeconds !== undefined)
    check.int("attempt_policy.call_hold_seconds", callHoldSeconds, { least: 60, most: 86_400 });
  if (messageHoldSeconds !== undefined)
    check.int("attempt_policy.message_hold_seconds", messageHoldSeconds, { least: 1, most: 3_600 });
  check.done();
  return set;
}

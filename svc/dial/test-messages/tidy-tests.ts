/** Cleans up after test messages that were cut short. */
import { DeliveryState } from "../../../gen/herald/common/v1/outcome.ts";
import { findLost } from "../attempts/open-store.ts";
import { deliveryOutcome } from "../../lib/outcomes/outcomes.ts";
import type { SendTestDeps } from "./send-test.ts";
import { forgetOldRequests } from "./test-store.ts";

/** No provider takes longer, so the dialer that was sending has died. */
const LOST_AFTER_MS = 600_000;
const LOST_AT_ONCE = 500;

/** Marks tests whose dialer died as unknown, and forgets old requests. Gives whether there may be more. */
export async function tidyTests({ db, results, now }: Pick<SendTestDeps, "db" | "results" | "now">): Promise<boolean> {
  const at = now();
  const lost = await findLost(db.everyTenant(), new Date(at.getTime() - LOST_AFTER_MS), LOST_AT_ONCE);
  const outcome = deliveryOutcome(DeliveryState.DELIVERY_STATE_UNKNOWN);
  const change = { attempt: undefined, at, kind: "stale", outcome, providerStatus: "dialer stopped" } as const;
  await Promise.all(lost.map((key) => results.put({ key, ...change })));
  await forgetOldRequests(db.everyTenant(), at);
  return lost.length === LOST_AT_ONCE;
}

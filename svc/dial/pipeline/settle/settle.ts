/** The last step of a message: stores the provider's answer, and expects its receipt. */
import type { Now } from "../../../lib/async/time.ts";
import type { Receipts } from "../../inbound/receipts.ts";
import type { BegunAttempt } from "../send/intents.ts";
import type { SendResult } from "../send/message-provider.ts";
import { changeOf } from "./sent-change.ts";
import { orEnding, type Results } from "./results.ts";

export interface SettleDeps {
  results: Results;
  receipts: Receipts;
  now: Now;
}

/** Resolves when the answer is stored; also when the process ends before that, since the next process finds the intent. */
export async function settleMessage(
  { results, receipts, now }: SettleDeps,
  { attempt, permit }: BegunAttempt,
  sent: SendResult,
): Promise<void> {
  if (sent.kind === "accepted") receipts.expect(sent.providerMessageId, attempt);
  await orEnding(results.put(changeOf(sent, attempt, permit.refusal, now())));
}

/** What became of a test message, in the words of the contract. Pure. */
import { type TestMessage, TestMessageState } from "../../../gen/herald/campaigns/v1/test_message.ts";
import { DeliveryState } from "../../../gen/herald/common/v1/outcome.ts";
import { AttemptState } from "../../../gen/herald/dial/v1/attempt.ts";
import type { RpcError } from "../../lib/errors/errors.ts";
import type { Attempt, AttemptRefusal } from "../attempts/attempt.ts";
import { type AttemptRow, toAttempt } from "../attempts/attempt-rows.ts";
import type { ReturnReason, SendResult } from "../pipeline/send/message-provider.ts";
import { deliveryOutcome, outcomeName } from "../../lib/outcomes/outcomes.ts";

const {
  TEST_MESSAGE_STATE_ACCEPTED: ACCEPTED,
  TEST_MESSAGE_STATE_REFUSED: REFUSED,
  TEST_MESSAGE_STATE_FAILED: FAILED,
  TEST_MESSAGE_STATE_UNKNOWN: UNKNOWN,
} = TestMessageState;

type TestMessageAnswer = Omit<TestMessage, "contactInfo">;

const told = (attemptId: string, state: TestMessageState, reason: string, explanation: string): TestMessageAnswer => ({
  attemptId,
  state,
  reason,
  explanation,
  earliestTime: undefined,
});

/** No attempt was made. */
export const notSent = (reason: string, explanation: string): TestMessageAnswer =>
  told("", FAILED, reason, explanation);

/** Turns an error into an answer: `ERROR_REASON_SENDER_TAKEN` becomes `sender_taken`. */
export const notSentBecause = ({ reason, message }: RpcError): TestMessageAnswer =>
  notSent(reason.replace("ERROR_REASON_", "").toLowerCase(), message);

export const refused = (
  attemptId: string,
  { reason, earliestTime }: AttemptRefusal,
  explanation = "",
): TestMessageAnswer => ({
  ...told(attemptId, REFUSED, reason, explanation || `Compliance refuses it: ${words(reason)}.`),
  earliestTime,
});

export const unanswered = (attemptId: string): TestMessageAnswer =>
  told(attemptId, UNKNOWN, "", "The provider has not answered yet. The attempt tells what becomes of it.");

const RETURNED: Readonly<Record<ReturnReason, string>> = {
  provider_down: "provider_down",
  sender_refused: "sender_refused",
  sender_waits: "sender_refused",
  refused: "refused",
  unchecked: "compliance_unavailable",
  late: "provider_busy",
  stopped: "provider_down",
};

/** What the provider answered. `refusal` is set if compliance has withdrawn its permission meanwhile. */
export function answered(sent: SendResult, { id }: Attempt, refusal: AttemptRefusal | undefined): TestMessageAnswer {
  switch (sent.kind) {
    case "accepted":
      return told(id, ACCEPTED, "", "The provider took it.");
    case "ended":
      return ended(id, sent.state, sent.providerStatus);
    case "unknown":
      return unknown(id, sent.providerStatus);
    case "returned":
      return refusal ? refused(id, refusal) : notSent(RETURNED[sent.reason], sent.explanation);
  }
}

/** What is known of a test message that was requested before. */
export function known(row: AttemptRow): TestMessageAnswer {
  const { state, outcome, refusalReason: reason, ruleId, providerStatus } = toAttempt(row);
  if (state === AttemptState.ATTEMPT_STATE_REFUSED)
    return refused(row.id, { reason, ruleId, earliestTime: row.earliest_time ?? undefined });
  if (state === AttemptState.ATTEMPT_STATE_IN_FLIGHT) return told(row.id, ACCEPTED, "", "The provider took it.");
  if (state === AttemptState.ATTEMPT_STATE_ENDED && outcome?.result?.$case === "deliveryState")
    return ended(row.id, outcome.result.deliveryState, providerStatus);
  return state === AttemptState.ATTEMPT_STATE_STALE ? unknown(row.id, providerStatus) : unanswered(row.id);
}

const TAKEN: readonly DeliveryState[] = [DeliveryState.DELIVERY_STATE_SENT, DeliveryState.DELIVERY_STATE_DELIVERED];

function ended(id: string, state: DeliveryState, providerStatus: string): TestMessageAnswer {
  if (TAKEN.includes(state)) return told(id, ACCEPTED, "", "The provider took it.");
  const reason = outcomeName(deliveryOutcome(state));
  const said = providerStatus === "" ? "" : ` (${providerStatus})`;
  return told(id, FAILED, reason, `The provider did not take it: ${words(reason)}${said}.`);
}

const unknown = (id: string, providerStatus: string): TestMessageAnswer =>
  told(id, UNKNOWN, "", `Nobody knows whether it left (${providerStatus || "the connection broke"}).`);

const words = (reason: string) => reason.replaceAll("_", " ");

/** Turns attempts into the messages of other services' contracts. Pure. */
import type { AttemptReport } from "../../../gen/herald/campaigns/v1/attempt_report.ts";
import type { Outcome } from "../../../gen/herald/common/v1/outcome.ts";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import type { AttemptOutcome } from "../../../gen/herald/compliance/v1/attempt_outcome.ts";
import { InteractionDirection, type RecordedInteraction } from "../../../gen/herald/contacts/v1/interaction.ts";
import type { Attempt, AttemptKey, AttemptChange, AttemptRefusal } from "../attempts/attempt.ts";
import { leaseNumberOf } from "../attempts/origin.ts";
import type { Message } from "../rendering/content.ts";
import { wordsOfHtml } from "../email/html-text.ts";
import { unknownOutcome } from "../../lib/outcomes/outcomes.ts";

type ReportKind = NonNullable<AttemptReport["kind"]>;

/** A report for campaigns; none if the attempt is not of a chain. */
function report({ origin, id }: AttemptKey, time: Date, kind: ReportKind): AttemptReport[] {
  if (origin.kind !== "chain") return [];
  const { groupId: campaignGroupId, recordId } = origin;
  return [{ campaignGroupId, recordId, attemptId: id, leaseNumber: leaseNumberOf(origin), time, kind }];
}

/** For campaigns: what happened. */
export function changeReport({ key, at, ...change }: AttemptChange): AttemptReport[] {
  switch (change.kind) {
    case "sent":
      return report(key, at, { $case: "begun", begun: {} });
    case "ended":
      return report(key, at, { $case: "ended", ended: { outcome: change.outcome, counts: change.counts } });
    case "stale":
      return report(key, at, { $case: "ended", ended: { outcome: change.outcome, counts: true } });
    case "refused":
      return refusedReport(key, at, change.refusal);
    case "returned":
      return report(key, at, { $case: "returned", returned: { reason: change.reason } });
  }
}

export const refusedReport = (
  key: AttemptKey,
  at: Date,
  { reason, earliestTime }: AttemptRefusal,
  repeats = false,
): AttemptReport[] => report(key, at, { $case: "refused", refused: { reason, earliestTime, repeats } });

export const returnedReport = (key: AttemptKey, at: Date, reason: string): AttemptReport[] =>
  report(key, at, { $case: "returned", returned: { reason } });

/** A stored attempt, with what a repeated report needs. */
export interface KnownAttempt extends AttemptKey {
  state: "open" | "ended" | "refused" | "stale";
  outcome: Outcome | undefined;
  counts: boolean;
  refusal: AttemptRefusal;
  at: Date;
}

/** For campaigns: what is known of an attempt whose lease came back. */
export function knownReport(known: KnownAttempt): AttemptReport[] {
  switch (known.state) {
    case "open":
      return report(known, known.at, { $case: "begun", begun: {} });
    case "refused":
      return refusedReport(known, known.at, known.refusal);
    case "ended":
    case "stale": {
      const outcome = known.outcome ?? unknownOutcome(known.channel);
      return report(known, known.at, { $case: "ended", ended: { outcome, counts: known.counts } });
    }
  }
}

/**
 * For compliance: an attempt that does not count after all, or the end of a call; undefined when there is nothing to report. A permitted
 * message is counted already, and compliance does not need its end.
 */
export function complianceOutcome({ key, at, ...change }: AttemptChange): AttemptOutcome | undefined {
  const isCall = key.channel === Channel.CHANNEL_VOICE;
  switch (change.kind) {
    case "sent":
    // Compliance knows its own refusal.
    case "refused":
      return undefined;
    case "ended": {
      const { counts, outcome } = change;
      return isCall || !counts ? { attemptId: key.id, outcome, counts, endTime: at, leaseNumber: 0 } : undefined;
    }
    case "stale":
      return isCall
        ? { attemptId: key.id, outcome: change.outcome, counts: true, endTime: at, leaseNumber: 0 }
        : undefined;
    case "returned":
      return notMade(key, at);
  }
}

/** For compliance: the attempt was allowed, but not made under its lease. */
export const notMade = ({ id, origin }: Pick<AttemptKey, "id" | "origin">, at: Date): AttemptOutcome => ({
  attemptId: id,
  leaseNumber: leaseNumberOf(origin),
  outcome: undefined,
  counts: false,
  endTime: at,
});

/** What an interaction shows of a stored attempt. */
export interface InteractionFacts extends AttemptKey {
  contactInfo: string;
  ownAddress: string;
  clientId: string;
  createTime: Date;
}

/** For contacts: an attempt that began or ended. `attempt` adds what the database does not keep: the text and the names. */
export function changeInteraction(
  facts: InteractionFacts,
  { attempt, at, ...change }: AttemptChange,
): RecordedInteraction {
  const outcome = change.kind === "ended" || change.kind === "stale" ? change.outcome : undefined;
  const refusalReason = change.kind === "refused" ? change.refusal.reason : "";
  return interaction(facts, attempt, { outcome, refusalReason, endTime: change.kind === "sent" ? undefined : at });
}

/** For contacts: an attempt that was refused. */
export const refusedInteraction = (attempt: Attempt, at: Date, { reason }: AttemptRefusal): RecordedInteraction =>
  interaction({ ...attempt, createTime: at }, attempt, { outcome: undefined, refusalReason: reason, endTime: at });

function interaction(
  facts: InteractionFacts,
  attempt: Attempt | undefined,
  end: { outcome: Outcome | undefined; refusalReason: string; endTime: Date | undefined },
): RecordedInteraction {
  const { message } = attempt ?? {};
  const chain = facts.origin.kind === "chain" ? facts.origin : undefined;
  return {
    interaction: {
      id: facts.id,
      contactId: "",
      direction: InteractionDirection.INTERACTION_DIRECTION_OUTBOUND,
      channel: facts.channel,
      contactInfo: facts.contactInfo,
      ownAddress: facts.ownAddress,
      campaignGroupId: chain?.groupId ?? "",
      campaignGroupName: attempt?.origin.kind === "chain" ? attempt.origin.groupName : "",
      recordId: chain?.recordId ?? "",
      subject: message?.subject ?? "",
      text: message ? textOf(message) : "",
      startTime: facts.createTime,
      zones: [],
      ...end,
    },
    clientId: facts.clientId,
    firstName: attempt?.firstName ?? "",
    lastName: attempt?.lastName ?? "",
  };
}

/** Longest text: 64 KiB, in characters of up to four bytes. */
const INTERACTION_CHARACTERS = 16_384;

/** The plain text of a message; for an HTML message, its words without the markup. */
const textOf = ({ text, html }: Message): string => (text.trim() || wordsOfHtml(html)).slice(0, INTERACTION_CHARACTERS);

/** What `dial` counts and logs: one function for each event, with its metric and its log line. */
import { Channel } from "../../gen/herald/common/v1/channel.ts";
import type { Logger } from "../lib/observe/log.ts";
import type { Metrics } from "../lib/observe/metrics.ts";
import type { AttemptChange, AttemptRefusal } from "./attempts/attempt.ts";
import { outcomeName } from "../lib/outcomes/outcomes.ts";
import type { SessionKey } from "./sessions/session-store.ts";

export type Events = ReturnType<typeof createEvents>;

/** What connections to a provider tell. */
export type ProviderEvents = Pick<Events, "providerUp" | "providerDown" | "throttled" | "notSigned">;

const CHANNELS: Readonly<Record<number, string>> = {
  [Channel.CHANNEL_VOICE]: "voice",
  [Channel.CHANNEL_SMS]: "sms",
  [Channel.CHANNEL_EMAIL]: "email",
};

/** The word for a channel in metrics and messages. */
const channelName = (channel: Channel): string => CHANNELS[channel] ?? "unknown";

export function createEvents(metrics: Metrics, log: Logger) {
  const begun = metrics.counter("herald_dial_intents_total", "Attempts written down, about to be made.", ["channel"]);
  const ended = metrics.counter("herald_dial_attempts_total", "Attempts that ended, by how.", ["channel", "result"]);
  const refused = metrics.counter("herald_dial_refused_total", "Attempts that were refused, by why.", [
    "channel",
    "reason",
  ]);
  const refusalsRepeated = metrics.counter(
    "herald_dial_refusals_repeated_total",
    "Refusals that repeat the one before, and are not kept as attempts.",
    ["channel"],
  );
  const returned = metrics.counter(
    "herald_dial_returned_total",
    "Leases given back because nothing was made of them.",
    ["reason"],
  );
  const providerUp = metrics.gauge("herald_dial_provider_up", "1 while the provider takes attempts.", ["provider"]);
  const throttled = metrics.counter("herald_dial_throttled_total", "Messages that the provider asked to send later.", [
    "provider",
  ]);
  const unmatched = metrics.counter(
    "herald_dial_receipts_unmatched_total",
    "Receipts for messages that are not known, or have ended.",
  );
  const unreadable = metrics.counter(
    "herald_dial_receipts_unreadable_total",
    "Receipts that could not be read; they are held for a person.",
  );
  const inbound = metrics.counter("herald_dial_inbound_total", "Messages received, by what they were.", ["kind"]);
  const unsubscribed = metrics.counter(
    "herald_dial_unsubscribed_total",
    "Clicks on the page to unsubscribe and in mail programs, by what was chosen.",
    ["choice"],
  );
  const setAside = metrics.counter(
    "herald_dial_sessions_set_aside_total",
    "Sessions left alone because dialers died while they worked on them.",
  );
  const resultsSetAside = metrics.counter(
    "herald_dial_results_set_aside_total",
    "Results that could not be written as they came; somebody has to look.",
  );
  const renderingKilled = metrics.counter(
    "herald_dial_rendering_killed_total",
    "Processes that were killed because a template took too much.",
    ["limit"],
  );
  const sessions = metrics.gauge("herald_dial_sessions", "Sessions that this dialer runs.");
  return {
    intended: (channel: Channel, count: number) => begun.inc({ channel: channelName(channel) }, count),
    changed(changes: readonly AttemptChange[]) {
      for (const change of changes) {
        if (change.kind === "returned") returned.inc({ reason: change.reason });
        else if (change.kind === "refused")
          refused.inc({ channel: channelName(change.key.channel), reason: change.refusal.reason });
        else if (change.kind !== "sent")
          ended.inc({ channel: channelName(change.key.channel), result: outcomeName(change.outcome) });
      }
    },
    refused(channel: Channel, refusals: readonly AttemptRefusal[]) {
      for (const { reason } of refusals) refused.inc({ channel: channelName(channel), reason });
    },
    refusalsRepeated: (channel: Channel, count: number) =>
      refusalsRepeated.inc({ channel: channelName(channel) }, count),
    returned: (reason: string, count: number) => returned.inc({ reason }, count),
    resultsNotWritten(fields: { error: unknown; changes: number; attempt: number; waitMs: number }) {
      log.warn(fields, "results could not be written; they are kept and tried again");
    },
    renderingKilled(limit: "time" | "memory") {
      renderingKilled.inc({ limit });
      log.warn({ limit }, "a template took too much; its process was replaced");
    },
    resultSetAside({ key, kind }: AttemptChange, error: unknown) {
      resultsSetAside.inc();
      log.error(
        { tenantId: key.tenantId, attemptId: key.id, kind, error },
        "a result could not be written; it is set aside, and its attempt is of unknown fate",
      );
    },
    providerUp(provider: string) {
      providerUp.set({ provider }, 1);
      log.info({ provider }, "provider answers");
    },
    providerDown(provider: string, why: string) {
      providerUp.set({ provider }, 0);
      log.warn({ provider, why }, "provider is down");
    },
    throttled: (provider: string) => throttled.inc({ provider }),
    receiptUnmatched: () => unmatched.inc(),
    receiptUnreadable() {
      unreadable.inc();
      log.warn({}, "a delivery receipt could not be read; it is held for a person");
    },
    inbound(kind: "opt_out" | "doubtful" | "message" | "stranger" | "part") {
      inbound.inc({ kind });
      if (kind === "stranger") log.warn({}, "a message from a phone is nobody's; it is held for a person");
    },
    notSigned(tenantId: string, error: unknown) {
      log.error({ tenantId, error }, "an email could not be signed; its keys cannot be read");
    },
    unsubscribed: (choice: string) => unsubscribed.inc({ choice }),
    sessionTaken({ tenantId, groupId }: SessionKey, held: number) {
      sessions.set(held);
      log.info({ tenantId, campaignGroupId: groupId }, "session taken");
    },
    setAside({ tenantId, groupId }: SessionKey, crashes: number) {
      setAside.inc();
      log.error(
        { tenantId, campaignGroupId: groupId, crashes },
        "dialers died while they worked on this group; it is set aside until somebody resumes it",
      );
    },
    sessionLeft({ tenantId, groupId }: SessionKey, held: number, why: "closed" | "lost") {
      sessions.set(held);
      log.info({ tenantId, campaignGroupId: groupId, why }, "session left");
    },
    stalled({ tenantId, groupId }: SessionKey, stall: string, error?: unknown) {
      log.warn({ tenantId, campaignGroupId: groupId, stall, error }, "session stalled");
    },
    recovered({ tenantId, groupId }: SessionKey, fields: { stale: number; waiting: number; calls: number }) {
      log.warn({ tenantId, campaignGroupId: groupId, ...fields }, "attempts of an earlier owner taken over");
    },
    receiptsGivenUp(count: number) {
      log.warn({ attempts: count }, "receipts never came; the attempts' fates are unknown");
    },
    answerWaits(tenantId: string, attemptId: string, error: unknown) {
      log.warn({ tenantId, attemptId, error }, "an answer could not be sent yet; it is tried again");
    },
    answerTooLate(tenantId: string, attemptId: string) {
      log.error({ tenantId, attemptId }, "an answer could not be sent in time; it is not sent any more");
    },
    kinUnknown(tenantId: string, optOutId: string, error: unknown) {
      log.warn({ tenantId, optOutId, error }, "other devices of somebody who opted out are not known yet; asked again");
    },
    pipelineFailed({ tenantId, groupId }: SessionKey, error: unknown) {
      log.error({ tenantId, campaignGroupId: groupId, error }, "a batch of attempts failed; it was given back");
    },
  };
}

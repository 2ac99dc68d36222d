/** Why nothing moves. Pure. */
import { CampaignGroupState } from "../../../gen/herald/campaigns/v1/campaign_group.ts";
import { type Stall, StallReason } from "../../../gen/herald/campaigns/v1/progress.ts";
import type { WaitSum } from "./count-store.ts";

/** What dial says about a group's session. */
export type SessionView = { kind: "open"; stall: string; explanation: string } | { kind: "none" } | { kind: "away" };

/** What is known about a group at one moment. */
export interface Situation {
  state: CampaignGroupState;
  startWhenLoaded: boolean;
  lists: number;
  listsLoaded: number;
  /** Why loading waits; empty when it does not. */
  loadProblem: string;
  due: number;
  /** Chains that are not closed. */
  open: number;
  inFlight: number;
  attemptsLastMinute: number;
  /** When the next chain is due; in the past when one is due now. */
  nextDue: Date | undefined;
  waits: readonly WaitSum[];
  /** Why somebody stopped it; empty when nobody said. */
  stopReason: string;
  /** When the group or its settings last changed. */
  updateTime: Date;
  /** Asked for while it runs. */
  session: SessionView;
  /** Why dial did not open the session. */
  syncProblem: string;
  /** Compliance or dial does not know yet how it stands. */
  untold: boolean;
}

/** After a start, dial gets this long to take the first chains. */
const GRACE_MS = 15_000;

/** The reasons why no attempts are made, the one with most chains first. Empty while attempts are made. */
export function stallsOf(situation: Situation, now: Date): Stall[] {
  const { state, due } = situation;
  switch (state) {
    case CampaignGroupState.CAMPAIGN_GROUP_STATE_NOT_LOADED:
      return [stall("NOT_STARTED", "It has not been started. Start it, or load it to see the counts first.")];
    case CampaignGroupState.CAMPAIGN_GROUP_STATE_LOADING:
      return situation.loadProblem === ""
        ? [stall("NOT_STARTED", loading(situation))]
        : [stall("COMPLIANCE_UNAVAILABLE", loadingWaits(situation))];
    case CampaignGroupState.CAMPAIGN_GROUP_STATE_ACTIVE:
      return [stall("NOT_STARTED", "It is loaded and has not been started. Start it.")];
    case CampaignGroupState.CAMPAIGN_GROUP_STATE_PAUSED:
      return [stall("PAUSED", `Somebody paused it. Resume it to go on.${stillToTell(situation)}`)];
    case CampaignGroupState.CAMPAIGN_GROUP_STATE_STOPPED:
      return [due === 0 ? noRecords : andStillToTell(stopped(situation), situation)];
    case CampaignGroupState.CAMPAIGN_GROUP_STATE_RUNNING:
    case CampaignGroupState.CAMPAIGN_GROUP_STATE_UNSPECIFIED:
    default:
      return due === 0 ? [noRecords] : runningStalls(situation, now);
  }
}

const stillToTell = ({ untold }: Situation): string =>
  untold ? " Compliance or the dialer has not heard of it yet, and is told by itself once it answers." : "";

const andStillToTell = (one: Stall, situation: Situation): Stall => ({
  ...one,
  explanation: one.explanation + stillToTell(situation),
});

function runningStalls(situation: Situation, now: Date): Stall[] {
  const { open, inFlight, attemptsLastMinute, nextDue, session, syncProblem } = situation;
  if (open === 0) return [stall("FINISHED", "Nobody is left to contact.")];
  if (syncProblem !== "") return [stall("PROVIDER_DOWN", `Dialing could not begin: ${syncProblem}`)];
  if (session.kind === "open" && session.stall !== "")
    return [stall(stallName(session.stall), session.explanation || "The dialer says so.")];
  const isDueNow = nextDue !== undefined && nextDue <= now;
  if (isDueNow) return takesNoWork(situation, now) ? [dialerUnavailable(session)] : [];
  if (inFlight > 0)
    return attemptsLastMinute > 0
      ? []
      : [stall("RESULTS_AWAITED", `${chains(inFlight)} with an attempt under way; nothing else is due yet.`, nextDue)];
  return waitingStalls(situation);
}

/** Something is due and the dialer does not take it. */
function takesNoWork({ inFlight, attemptsLastMinute, session, updateTime }: Situation, now: Date): boolean {
  if (inFlight > 0 || attemptsLastMinute > 0) return false;
  return session.kind === "away" || now.getTime() - updateTime.getTime() > GRACE_MS;
}

/** Everything waits for a time: each reason once, the one of most chains first. */
function waitingStalls({ waits, nextDue }: Situation): Stall[] {
  const sums = new Map<StallName, { count: number; next: Date }>();
  for (const { reason, count, next } of waits) {
    const sum = sums.get(waitName(reason)) ?? { count: 0, next };
    sums.set(waitName(reason), { count: sum.count + count, next: next < sum.next ? next : sum.next });
  }
  const sorted = [...sums].sort(([, a], [, b]) => b.count - a.count);
  return sorted.map(([name, { count, next }]) =>
    stall(
      name,
      `${chains(count)} ${WAIT_WORDS[name] ?? "waiting for a later time"}.`,
      sums.size === 1 ? (nextDue ?? next) : next,
    ),
  );
}

type StallName = keyof typeof StallReason extends `STALL_REASON_${infer Name}` ? Name : never;

const WAIT_NAMES: Readonly<Record<string, StallName>> = {
  retry: "RETRIES_NOT_DUE",
  outside_window: "WINDOWS_CLOSED",
  attempt_cap: "CAPS_REACHED",
  attempt_in_progress: "ATTEMPTS_IN_PROGRESS",
  campaign_not_running: "COMPLIANCE_UNAVAILABLE",
  no_free_port: "PORTS_FULL",
  all_trunks_busy: "PORTS_FULL",
  suppressed_device: "SUPPRESSED",
  suppressed_client: "SUPPRESSED",
};

const WAIT_WORDS: Partial<Record<StallName, string>> = {
  RETRIES_NOT_DUE: "waiting for the time of their next try",
  WINDOWS_CLOSED: "waiting for their contact window to open",
  CAPS_REACHED: "waiting for an attempt cap to free",
  ATTEMPTS_IN_PROGRESS: "waiting for the end of another attempt to the same number, address or person",
  COMPLIANCE_UNAVAILABLE: "waiting for compliance to know that the group runs",
  SUPPRESSED: "suppressed for a time: nothing may be sent to them until that ends. To finish without them, stop it",
  PORTS_FULL: "waiting for a free port or trunk",
  PROVIDER_DOWN: "waiting because their last try never reached the network",
};

/** Anything else that is waited for is a try that failed before the network. */
const waitName = (reason: string): StallName => WAIT_NAMES[reason] ?? "PROVIDER_DOWN";

const stall = (name: StallName, explanation: string, untilTime?: Date): Stall => ({
  reason: StallReason[`STALL_REASON_${name}`],
  explanation,
  untilTime,
});

/** Dial names reasons in lower case. A reason that is unknown here counts as a fault of the provider. */
function stallName(word: string): StallName {
  const name = word.toUpperCase();
  return `STALL_REASON_${name}` in StallReason ? (name as StallName) : "PROVIDER_DOWN";
}

const noRecords = stall(
  "NO_RECORDS",
  "The lists gave no contact with a device for the channel. Import contacts, or choose other lists, and load it again.",
);

function stopped({ open, inFlight, stopReason }: Situation): Stall {
  const why = stopReason === "" ? "It has ended." : `It was stopped: ${stopReason}.`;
  if (open === 0)
    return stall(
      "FINISHED",
      `${why} Start it again to go on with those who were not reached, or to begin anew with everybody.`,
    );
  return stall(
    "FINISHED",
    `${why} ${chains(open)} still being closed${inFlight > 0 ? `, ${inFlight} of them with an attempt under way` : ""}.`,
  );
}

function loading({ lists, listsLoaded, startWhenLoaded }: Situation): string {
  const then = startWhenLoaded ? "dialing begins when that is done" : "start it when that is done";
  return `Its lists are being put into the queue, ${listsLoaded} of ${lists} so far; ${then}.`;
}

const loadingWaits = (situation: Situation): string =>
  `${loading(situation)} It waits because ${situation.loadProblem}, and goes on by itself.`;

const dialerUnavailable = (session: SessionView): Stall =>
  stall(
    "DIALER_UNAVAILABLE",
    session.kind === "away"
      ? "The dialer does not answer. It goes on by itself when it is back."
      : "Contacts are due and the dialer takes none. See whether the service dial is running.",
  );

const chains = (count: number): string => (count === 1 ? "1 contact is" : `${count} contacts are`);

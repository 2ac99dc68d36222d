/** Finds out why a group makes no attempts. Pure. */
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
  /** Why loading waits; empty if it does not. */
  loadProblem: string;
  due: number;
  /** Chains that are not closed. */
  open: number;
  inFlight: number;
  attemptsLastMinute: number;
  /** When the next chain is due; in the past if one is due now. */
  nextDue: Date | undefined;
  waits: readonly WaitSum[];
  /** Why somebody stopped it; empty if no reason was given. */
  stopReason: string;
  /** When the group or its settings last changed. */
  updateTime: Date;
  /** Only read while the group runs. */
  session: SessionView;
  /** Why dial did not open the session. */
  syncProblem: string;
  /** Whether compliance or dial could not be told the group's state yet. */
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
  untold ? " Compliance or the dialer has not heard of it yet. It will be told as soon as it answers." : "";

const andStillToTell = (one: Stall, situation: Situation): Stall => ({
  ...one,
  explanation: one.explanation + stillToTell(situation),
});

function runningStalls(situation: Situation, now: Date): Stall[] {
  const { open, inFlight, attemptsLastMinute, nextDue, session, syncProblem } = situation;
  if (open === 0) return [stall("FINISHED", "Nobody is left to contact.")];
  if (syncProblem !== "") return [stall("PROVIDER_DOWN", `Dialing could not begin: ${syncProblem}`)];
  if (session.kind === "open" && session.stall !== "")
    return [stall(stallName(session.stall), session.explanation || "The dialer reports this.")];
  const isDueNow = nextDue !== undefined && nextDue <= now;
  if (isDueNow) return takesNoWork(situation, now) ? [dialerUnavailable(session)] : [];
  if (inFlight > 0)
    return attemptsLastMinute > 0
      ? []
      : [
          stall(
            "RESULTS_AWAITED",
            `${chains(inFlight)} with an attempt in progress; nothing else is due yet.`,
            nextDue,
          ),
        ];
  return waitingStalls(situation);
}

/** Whether chains are due that the dialer does not lease. */
function takesNoWork({ inFlight, attemptsLastMinute, session, updateTime }: Situation, now: Date): boolean {
  if (inFlight > 0 || attemptsLastMinute > 0) return false;
  return session.kind === "away" || now.getTime() - updateTime.getTime() > GRACE_MS;
}

/** The reasons if all chains wait for a time: each reason once, the one of most chains first. */
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
  RETRIES_NOT_DUE: "waiting for the time of their next attempt",
  WINDOWS_CLOSED: "waiting for their contact window to open",
  CAPS_REACHED: "waiting until an attempt cap allows another attempt",
  ATTEMPTS_IN_PROGRESS: "waiting for the end of another attempt to the same number, address or person",
  COMPLIANCE_UNAVAILABLE: "waiting for compliance to know that the group runs",
  SUPPRESSED:
    "suppressed for a limited time and must not be contacted until it ends. To finish without them, stop the campaign",
  PORTS_FULL: "waiting for a free port or trunk",
  PROVIDER_DOWN: "waiting because their last attempt never reached the network",
};

/** Every other reason to wait comes from an attempt that failed before it reached the network. */
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
  "The lists have no contact with a number or address for this channel. Import contacts or choose other lists, then load it again.",
);

function stopped({ open, inFlight, stopReason }: Situation): Stall {
  const why = stopReason === "" ? "It has ended." : `It was stopped: ${stopReason}.`;
  if (open === 0)
    return stall(
      "FINISHED",
      `${why} Start it again to continue with those who were not reached, or to contact everybody again.`,
    );
  return stall(
    "FINISHED",
    `${why} ${chains(open)} still being closed${inFlight > 0 ? `, ${inFlight} of them with an attempt in progress` : ""}.`,
  );
}

function loading({ lists, listsLoaded, startWhenLoaded }: Situation): string {
  const then = startWhenLoaded ? "dialing begins when that is done" : "start it when that is done";
  return `Its lists are being put into the queue, ${listsLoaded} of ${lists} so far; ${then}.`;
}

const loadingWaits = (situation: Situation): string =>
  `${loading(situation)} It waits because ${situation.loadProblem}; it will continue without your help.`;

const dialerUnavailable = (session: SessionView): Stall =>
  stall(
    "DIALER_UNAVAILABLE",
    session.kind === "away"
      ? "The dialer does not answer. The campaign will continue as soon as it does."
      : "Contacts are due, but the dialer does not take them. Check whether the service dial is running.",
  );

const chains = (count: number): string => (count === 1 ? "1 contact is" : `${count} contacts are`);

/** The calls of one session, from originate to their end. It finds agents for people who answer, and makes sure that every call ends. */
import { DialingMode, type VoiceSettings } from "../../../gen/herald/campaigns/v1/voice_settings.ts";
import type { CallResult } from "../../../gen/herald/common/v1/outcome.ts";
import { CallPhase, type CallStatus } from "../../../gen/herald/dial/v1/call.ts";
import type { Now } from "../../lib/async/time.ts";
import type { Agents } from "./agents.ts";
import type { Attempt, AttemptKey, AttemptChange, AttemptRefusal } from "../attempts/attempt.ts";
import { type CallStage, fateOfUnknown, resultOfCall } from "./call-result.ts";
import type { Orphan } from "../attempts/open-store.ts";
import { callOutcome, unknownOutcome } from "../../lib/outcomes/outcomes.ts";
import { counts } from "../attempts/outcomes.ts";
import type { Lane } from "../providers/provider-lane.ts";
import { orEnding, type Results } from "../pipeline/settle/results.ts";
import type { CallEvent, CallListener } from "./voice-adapter.ts";

/** Times of the simulation, and how much faster than life it runs. */
export interface VoicePace {
  speed: number;
  /** A person who answered is released when no agent is ready in this time. */
  agentWithinMs: number;
  /** Power mode: how long the announcement takes. */
  announcementMs: number;
}

export interface VoiceCallsDeps {
  adapter: Lane;
  results: Results;
  now: Now;
  pace: VoicePace;
  agents: Agents;
  voice: () => VoiceSettings;
  /** An agent or a port became free. */
  changed: () => void;
}

interface VoiceCall {
  key: AttemptKey;
  attempt: Attempt | undefined;
  phase: CallStage;
  agent: number | undefined;
  /** The network took it. If the adapter has forgotten it since, its fate is unknown. */
  accepted: boolean;
  beganAtMs: number;
  /** Its end should have come by then. After that, the adapter is asked. */
  overdueAtMs: number;
  timer: NodeJS.Timeout | undefined;
}

/** Real time for the adapter, in addition to the time that a call may take. */
const GRACE_MS = 15_000;

export class VoiceCalls implements CallListener {
  readonly #deps: VoiceCallsDeps;
  readonly #calls = new Map<string, VoiceCall>();
  readonly #queue: VoiceCall[] = [];
  readonly #writing = new Set<Promise<void>>();
  #emptied: (() => void)[] = [];

  constructor(deps: VoiceCallsDeps) {
    this.#deps = deps;
  }

  get size(): number {
    return this.#calls.size;
  }

  /** Calls that nobody has answered yet. */
  get dialing(): number {
    return [...this.#calls.values()].filter(({ phase }) => phase === "dialing" || phase === "adopted").length;
  }

  /** People who answered and wait for an agent. */
  get waiting(): number {
    return this.#queue.length;
  }

  /** Places one call, unless there is a reason to refuse it or give it back. */
  place(attempt: Attempt, instead?: AttemptRefusal | string): void {
    const call = this.#follow(attempt, attempt, "dialing", this.#deps.now().getTime());
    if (typeof instead === "object") return this.#finish(call, { kind: "refused", refusal: instead });
    if (instead !== undefined) return this.#finish(call, { kind: "returned", reason: instead });
    const { ringTimeoutSeconds } = this.#deps.voice();
    const originate = { to: attempt.contactInfo, from: attempt.ownAddress, ringTimeoutSeconds, detectMachine: true };
    const left = this.#deps.adapter.originate(attempt, originate);
    if (!left) this.#finish(call, { kind: "returned", reason: "The voice adapter is away." });
  }

  /** Takes over calls of an earlier owner. The adapter knows their fate. */
  adopt(orphans: readonly Orphan[]): void {
    for (const orphan of orphans) {
      const call = this.#follow(orphan, undefined, "adopted", orphan.beginTime.getTime());
      call.accepted = orphan.sent;
      call.overdueAtMs = 0;
    }
  }

  event(attemptId: string, event: CallEvent): void {
    const call = this.#calls.get(attemptId);
    if (!call) return;
    if (event.$case === "accepted") return this.#accepted(call);
    if (event.$case === "answered") return this.#answered(call);
    if (event.$case === "ended") this.#ended(call, event.ended.callResult);
  }

  /** Events may have been missed: asks about every call. */
  reconnected(): void {
    for (const call of this.#calls.values()) call.overdueAtMs = 0;
    void this.sweep();
  }

  /** Asks the adapter about calls whose end is overdue. */
  async sweep(): Promise<void> {
    const now = performance.now();
    const overdue = [...this.#calls.values()].filter((call) => call.overdueAtMs <= now);
    if (overdue.length === 0) return;
    try {
      for (const status of await this.#deps.adapter.query(overdue.map(({ key }) => key.id))) this.#learn(status);
    } catch {
      // The adapter is away. They stay overdue, so it is asked again.
    }
  }

  /** Resolves when no call is left and all results are stored. */
  async ended(): Promise<void> {
    while (this.#calls.size > 0) await new Promise<void>((resolve) => this.#emptied.push(resolve));
    while (this.#writing.size > 0) await Promise.all(this.#writing);
  }

  /** Stops listening. The calls go on. */
  abandon(): void {
    for (const { key, timer } of this.#calls.values()) {
      clearTimeout(timer);
      this.#deps.adapter.forget(key.id);
    }
    this.#calls.clear();
    for (const resolve of this.#emptied.splice(0)) resolve();
  }

  #follow(key: AttemptKey, attempt: Attempt | undefined, phase: CallStage, beganAtMs: number): VoiceCall {
    const call: VoiceCall = {
      key,
      attempt,
      phase,
      agent: undefined,
      accepted: false,
      beganAtMs,
      overdueAtMs: 0,
      timer: undefined,
    };
    this.#calls.set(key.id, call);
    this.#expectEnd(call, this.#deps.voice().ringTimeoutSeconds * 1_000);
    this.#deps.adapter.follow(key.id, this);
    return call;
  }

  #accepted(call: VoiceCall): void {
    call.accepted = true;
    this.#write({ ...this.#base(call), kind: "sent", providerMessageId: "", receiptUntil: undefined });
  }

  #answered(call: VoiceCall): void {
    const { pace, agents, voice } = this.#deps;
    if (voice().mode === DialingMode.DIALING_MODE_POWER) {
      call.phase = "connected";
      return this.#later(call, pace.announcementMs, () => this.#deps.adapter.hangUp(call.key.id));
    }
    const agent = agents.take();
    if (agent !== undefined) return this.#connect(call, agent);
    call.phase = "waiting";
    this.#queue.push(call);
    this.#later(call, pace.agentWithinMs, () => {
      this.#unqueue(call);
      call.phase = "dropping";
      this.#deps.adapter.hangUp(call.key.id);
    });
  }

  #connect(call: VoiceCall, agent: number): void {
    call.phase = "connected";
    call.agent = agent;
    this.#deps.adapter.connectAgent(call.key.id, `simulated-${agent}`);
    const handlingMs = this.#deps.agents.handlingMs(this.#deps.voice().simulatedHandlingSeconds);
    this.#later(call, handlingMs, () => {
      this.#deps.adapter.hangUp(call.key.id);
      this.#releaseAgent(call);
    });
  }

  /** The agent takes the person who has waited longest, or is ready for a new call. */
  #releaseAgent(call: VoiceCall): void {
    if (call.agent === undefined) return;
    this.#deps.agents.release(call.agent);
    call.agent = undefined;
    const next = this.#queue.shift();
    const agent = next && this.#deps.agents.take();
    if (next && agent !== undefined) this.#connect(next, agent);
    else this.#deps.changed();
  }

  #ended(call: VoiceCall, reported: CallResult): void {
    const outcome = callOutcome(resultOfCall(this.#deps.voice().mode, call.phase, reported));
    this.#finish(call, {
      kind: "ended",
      outcome,
      counts: counts(outcome),
      providerStatus: "",
      providerMessageId: "",
      sentAt: undefined,
    });
  }

  #learn({ attemptId, phase, callResult }: CallStatus): void {
    const call = this.#calls.get(attemptId);
    if (!call) return;
    if (phase === CallPhase.CALL_PHASE_ENDED) return this.#ended(call, callResult);
    if (phase === CallPhase.CALL_PHASE_ACTIVE) return this.#stillThere(call);
    const fate = call.accepted ? "stale" : fateOfUnknown(this.#deps.now().getTime() - call.beganAtMs);
    if (fate === "not_placed") this.#finish(call, { kind: "returned", reason: "The call was not placed." });
    if (fate === "stale")
      this.#finish(call, {
        kind: "stale",
        outcome: unknownOutcome(call.key.channel),
        providerStatus: "forgotten by the adapter",
      });
  }

  /** A call that was taken over may still ring or be answered; any other should have ended. */
  #stillThere(call: VoiceCall): void {
    const isNews = call.overdueAtMs === 0;
    this.#expectEnd(call, this.#deps.voice().ringTimeoutSeconds * 1_000);
    if (!isNews) this.#deps.adapter.hangUp(call.key.id);
  }

  #finish(call: VoiceCall, end: EndOfCall): void {
    this.#calls.delete(call.key.id);
    clearTimeout(call.timer);
    this.#unqueue(call);
    this.#deps.adapter.forget(call.key.id);
    this.#write({ ...this.#base(call), ...end });
    this.#releaseAgent(call);
    if (this.#calls.size === 0) for (const resolve of this.#emptied.splice(0)) resolve();
    this.#deps.changed();
  }

  #base({ key, attempt }: VoiceCall): { key: AttemptKey; attempt: Attempt | undefined; at: Date } {
    return { key, attempt, at: this.#deps.now() };
  }

  #write(change: AttemptChange): void {
    const written = orEnding(this.#deps.results.put(change));
    this.#writing.add(written);
    void written.finally(() => this.#writing.delete(written));
  }

  #later(call: VoiceCall, ms: number, what: () => void): void {
    clearTimeout(call.timer);
    call.timer = setTimeout(what, ms / this.#deps.pace.speed);
    this.#expectEnd(call, ms);
  }

  #expectEnd(call: VoiceCall, ms: number): void {
    call.overdueAtMs = performance.now() + ms / this.#deps.pace.speed + GRACE_MS;
  }

  #unqueue(call: VoiceCall): void {
    const at = this.#queue.indexOf(call);
    if (at >= 0) this.#queue.splice(at, 1);
  }
}

type EndOfCall = AttemptChange extends infer C
  ? C extends { kind: "sent" }
    ? never
    : C extends AttemptChange
      ? Omit<C, "key" | "attempt" | "at">
      : never
  : never;

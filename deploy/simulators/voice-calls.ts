/** The calls of the simulated network. Each follows its plan, whether or not a dialer listens, and is remembered for an hour. */
import { CallResult } from "../../gen/herald/common/v1/outcome.ts";
import { CallPhase, type CallStatus, type Originate } from "../../gen/herald/dial/v1/call.ts";
import type { CallsRequest, CallsResponse } from "../../gen/herald/dial/v1/voice_adapter_service.ts";
import { type Arrival, Arrivals, type ArrivalBounds } from "./arrivals.ts";
import { type CallPlan, chanceOf, planCall } from "./voice-plan.ts";

export interface VoiceOptions {
  seed: string;
  /** How many times faster than real time: with 20, a minute takes three seconds. */
  speed: number;
  /** Calls that a live person answers, 0 to 1. */
  liveShare: number;
  bounds: ArrivalBounds;
}

type CallEvent = NonNullable<CallsResponse["event"]>;
type CallEventListener = (event: CallsResponse) => void;

interface SimulatedCall {
  attemptId: string;
  plan: CallPlan;
  phase: "ringing" | "waiting" | "talking" | "ended";
  callResult: CallResult;
  timer: NodeJS.Timeout | undefined;
}

const REMEMBERED_MS = 3_600_000;
const REMEMBERED_CALLS = 500_000;

export class VoiceCalls {
  /** One for each originate. The same attempt again counts as a duplicate, but places no second call. */
  readonly arrivals: Arrivals<Arrival & { from: string; time: string }>;
  readonly #options: VoiceOptions;
  readonly #calls = new Map<string, SimulatedCall>();
  readonly #callsTo = new Map<string, number>();
  readonly #listeners = new Set<CallEventListener>();

  constructor(options: VoiceOptions) {
    this.#options = options;
    this.arrivals = new Arrivals(options.bounds);
  }

  /** Sends all events to one dialer until the returned function is called. */
  listen(hear: CallEventListener): () => void {
    this.#listeners.add(hear);
    return () => this.#listeners.delete(hear);
  }

  obey({ attemptId, command }: CallsRequest): void {
    const call = this.#calls.get(attemptId);
    switch (command?.$case) {
      case "originate":
        return this.#originate(attemptId, command.originate, call);
      case "connectAgent":
        if (call?.phase === "waiting") this.#become(call, "talking");
        return;
      case "hangUp":
        if (call && call.phase !== "ended") this.#end(call, hungUp(call), 0, 16);
        return;
      case undefined:
    }
  }

  status(attemptId: string): CallStatus {
    const call = this.#calls.get(attemptId);
    if (!call)
      return { attemptId, phase: CallPhase.CALL_PHASE_NOT_PLACED, callResult: CallResult.CALL_RESULT_UNSPECIFIED };
    const phase = call.phase === "ended" ? CallPhase.CALL_PHASE_ENDED : CallPhase.CALL_PHASE_ACTIVE;
    return { attemptId, phase, callResult: call.callResult };
  }

  counts(): { calls: number; active: number; results: Record<string, number> } {
    const results: Record<string, number> = {};
    let active = 0;
    for (const { phase, callResult } of this.#calls.values()) {
      if (phase === "ended") results[callResult] = (results[callResult] ?? 0) + 1;
      else active++;
    }
    return { calls: this.#calls.size, active, results };
  }

  /** Forgets ended calls. Running calls go on. */
  reset(): void {
    this.arrivals.reset();
    for (const [id, call] of this.#calls) if (call.phase === "ended") this.#calls.delete(id);
    this.#callsTo.clear();
  }

  stop(): void {
    for (const call of this.#calls.values()) clearTimeout(call.timer);
  }

  #originate(attemptId: string, { to, from, ringTimeoutSeconds }: Originate, known: SimulatedCall | undefined): void {
    this.arrivals.add({ to, id: attemptId, from, time: new Date().toISOString() });
    if (known) return; // an attempt has only one call
    const nth = (this.#callsTo.get(to) ?? 0) + 1;
    this.#callsTo.set(to, nth);
    const { seed, liveShare } = this.#options;
    const plan = planCall(chanceOf(seed, to, nth), { liveShare, ringTimeoutSeconds: ringTimeoutSeconds || 25 });
    const call: SimulatedCall = {
      attemptId,
      plan,
      phase: "ringing",
      callResult: CallResult.CALL_RESULT_UNSPECIFIED,
      timer: undefined,
    };
    this.#calls.set(attemptId, call);
    this.#forgetOldest();
    this.#tell(call, { $case: "accepted", accepted: {} });
    if (plan.ringAfterMs === undefined) this.#later(call, plan.end?.afterMs ?? 0, () => this.#finish(call));
    else this.#later(call, plan.ringAfterMs, () => this.#ring(call, plan.ringAfterMs ?? 0));
  }

  #ring(call: SimulatedCall, ringAfterMs: number): void {
    const { answerAfterMs, end } = call.plan;
    this.#tell(call, { $case: "ringing", ringing: {} });
    if (answerAfterMs !== undefined)
      this.#later(call, answerAfterMs - ringAfterMs, () => this.#become(call, "waiting"));
    else this.#later(call, (end?.afterMs ?? 0) - ringAfterMs, () => this.#finish(call));
  }

  #become(call: SimulatedCall, phase: "waiting" | "talking"): void {
    call.phase = phase;
    clearTimeout(call.timer);
    if (phase === "talking") return; // until somebody hangs up, and that is the agent
    this.#tell(call, { $case: "answered", answered: {} });
    this.#later(call, call.plan.patienceMs, () => this.#end(call, CallResult.CALL_RESULT_ABANDONED, 200, 16));
  }

  #finish(call: SimulatedCall): void {
    const { callResult, sipCode, q850Cause } = call.plan.end ?? {
      callResult: CallResult.CALL_RESULT_GENERAL_ERROR,
      sipCode: 0,
      q850Cause: 0,
    };
    this.#end(call, callResult, sipCode, q850Cause);
  }

  #end(call: SimulatedCall, callResult: CallResult, sipCode: number, q850Cause: number): void {
    clearTimeout(call.timer);
    call.phase = "ended";
    call.callResult = callResult;
    this.#tell(call, { $case: "ended", ended: { callResult, sipCode, q850Cause } });
    call.timer = setTimeout(() => this.#calls.delete(call.attemptId), REMEMBERED_MS).unref();
  }

  #tell({ attemptId }: SimulatedCall, event: CallEvent): void {
    for (const hear of this.#listeners) hear({ attemptId, time: new Date(), event });
  }

  #later(call: SimulatedCall, ms: number, what: () => void): void {
    call.timer = setTimeout(what, Math.max(0, ms) / this.#options.speed);
  }

  #forgetOldest(): void {
    if (this.#calls.size <= REMEMBERED_CALLS) return;
    for (const [id, call] of this.#calls) {
      if (call.phase !== "ended") continue;
      clearTimeout(call.timer);
      this.#calls.delete(id);
      return;
    }
  }
}

/** The result of a call that the dialer ends: an answer if the person got an agent or heard the announcement, or else its result so far. */
function hungUp({ phase }: SimulatedCall): CallResult {
  if (phase === "talking") return CallResult.CALL_RESULT_ANSWER;
  return phase === "waiting" ? CallResult.CALL_RESULT_DROPPED : CallResult.CALL_RESULT_NO_ANSWER;
}

/** The dialing of one group by phone: power (a fixed rate) or progressive (for agents who are ready). */
import { DialingMode, type VoiceSettings } from "../../../gen/herald/campaigns/v1/voice_settings.ts";
import { Agents } from "./agents.ts";
import { Hold, MOVING, type Stall } from "../pipeline/pace/hold.ts";
import { LastMinute } from "../pipeline/pace/last-minute.ts";
import type { WorkSource } from "../pipeline/source/work-source.ts";
import { type AttemptBatch, beginAttempts, liveThrough } from "../pipeline/attempt-life.ts";
import type { BegunAttempt } from "../pipeline/send/intents.ts";
import { Turn } from "../pipeline/pace/turn.ts";
import type { EndOfWork } from "../sessions/marks.ts";
import type { Orphan } from "../attempts/open-store.ts";
import { progressiveCalls, seededChance } from "./pacing.ts";
import { GATE_EXPLANATIONS } from "../pipeline/send/message-provider.ts";
import { openWork, type Run, type RunDeps } from "../sessions/run.ts";
import type { SessionSettings } from "../sessions/session-settings.ts";
import type { SessionStatus } from "../sessions/session-store.ts";
import { TokenBucket } from "../pipeline/pace/token-bucket.ts";
import { VoiceCalls, type VoicePace } from "./voice-calls.ts";
import type { Lane } from "../providers/provider-lane.ts";

/** Pacing looks at every event, and this often besides. */
const TICK_MS = 100;
/** How often the adapter is asked about calls whose end is overdue. */
const SWEEP_MS = 2_000;
const BATCH = 100;
const READY_AHEAD = 500;

export class VoiceRun implements Run {
  readonly #deps: RunDeps;
  readonly #adapter: Lane;
  readonly #work: WorkSource;
  readonly #calls: VoiceCalls;
  readonly #agents: Agents;
  readonly #lastMinute = new LastMinute();
  readonly #hold: Hold;
  readonly #underway = new Set<Promise<void>>();
  readonly #timers: NodeJS.Timeout[];
  #settings: SessionSettings;
  #bucket: TokenBucket;
  #halted = false;
  /** Lines for calls that are about to be placed. */
  readonly #lines = new Set<Disposable>();

  constructor(deps: RunDeps, adapter: Lane, pace: VoicePace, settings: SessionSettings, orphans: readonly Orphan[]) {
    this.#deps = deps;
    this.#adapter = adapter;
    this.#hold = new Hold(deps.events);
    this.#settings = settings;
    this.#bucket = new TokenBucket(this.#voice.callsPerMinute, performance.now());
    this.#agents = new Agents(seededChance(settings.groupId));
    this.#calls = new VoiceCalls({
      ...deps,
      adapter,
      pace,
      agents: this.#agents,
      voice: () => this.#voice,
      changed: () => this.#pace(),
    });
    this.#work = openWork(
      deps,
      () => this.#settings,
      () => this.#readyTarget(),
    );
    this.update(settings);
    this.#calls.adopt(orphans);
    this.#timers = [
      setInterval(() => this.#pace(), TICK_MS),
      setInterval(() => this.#track(this.#calls.sweep()), SWEEP_MS),
    ];
  }

  update(settings: SessionSettings): void {
    this.#settings = settings;
    this.#bucket.setRate(this.#voice.callsPerMinute, performance.now());
    this.#agents.setCount(this.#isProgressive ? this.#voice.simulatedAgents : 0);
    this.#hold.release();
    this.#work.nudge();
  }

  status(): SessionStatus {
    const { stall, explanation } = this.#stall;
    return {
      attemptsLastMinute: this.#lastMinute.count(this.#deps.now()),
      agents: this.#agents.count,
      agentsReady: this.#agents.ready,
      stall,
      stallExplanation: explanation,
    };
  }

  halt(): void {
    if (this.#halted) return;
    this.#halted = true;
    this.#adapter.leave();
    this.#track(this.#work.stop());
  }

  get idle(): boolean {
    return this.#halted && this.#underway.size === 0 && this.#calls.size === 0;
  }

  async stop(): Promise<void> {
    this.halt();
    while (this.#underway.size > 0) await Promise.all(this.#underway);
    await this.#calls.ended();
    for (const timer of this.#timers) clearInterval(timer);
  }

  /** Leaves calls to the next owner of the session. */
  abandon(): void {
    for (const timer of this.#timers) clearInterval(timer);
    this.#calls.abandon();
  }

  get #voice(): VoiceSettings {
    return this.#settings.voice as VoiceSettings;
  }

  get #isProgressive(): boolean {
    return this.#voice.mode === DialingMode.DIALING_MODE_PROGRESSIVE;
  }

  get #freePorts(): number {
    return this.#voice.maxPorts - this.#calls.size - this.#lines.size;
  }

  /** Places as many calls as the mode wants now. */
  #pace(): void {
    if (this.#halted || this.#adapter.trouble !== "" || this.#hold.waitMs > 0) return;
    const wanted = Math.min(BATCH, this.#work.ready, this.#wanted());
    if (wanted > 0)
      this.#track(this.#place(Array.from({ length: wanted }, () => new Turn(this.#line(), this.#bucket))));
  }

  /** Takes a line, a port and an agent, until the call is placed or its work is given back. */
  #line(): Disposable {
    const line: Disposable = { [Symbol.dispose]: () => void this.#lines.delete(line) };
    this.#lines.add(line);
    return line;
  }

  #wanted(): number {
    if (!this.#isProgressive) return Math.max(0, Math.min(this.#bucket.available(performance.now()), this.#freePorts));
    return progressiveCalls({
      linesPerAgent: this.#voice.linesPerAgent,
      ready: this.#agents.ready,
      queued: this.#calls.waiting,
      dialed: this.#calls.dialing + this.#lines.size,
      freePorts: this.#freePorts,
    });
  }

  async #place(turns: readonly Turn[]): Promise<void> {
    const endOfWork = await this.#marked();
    const { over } = liveThrough({
      turns,
      works: endOfWork ? this.#work.take(turns.length) : [],
      begin: (works) => this.#begin(works),
      finish: (begun) => this.#originate(begun),
    });
    await over.finally(endOfWork);
  }

  /** Says durably that work begins; undefined where that is not possible now. */
  async #marked(): Promise<EndOfWork | undefined> {
    try {
      return await this.#deps.marks.begin(this.#settings);
    } catch (error) {
      this.#hold.failed(this.#settings, error);
      return undefined;
    }
  }

  async #begin(works: AttemptBatch["works"]): Promise<BegunAttempt[]> {
    try {
      const begun = await beginAttempts(this.#deps, this.#work, works, this.#settings, () => !this.#halted);
      this.#hold.passed();
      this.#lastMinute.add(begun.length, this.#deps.now());
      return begun;
    } catch (error) {
      this.#hold.failed(this.#settings, error);
      return [];
    }
  }

  /** Permits that have become too old are renewed together. One after another, the last call would be placed seconds later. */
  async #originate({ attempt, permit }: BegunAttempt): Promise<void> {
    const closed = (await permit.closed()) ?? (this.#halted ? "stopped" : undefined);
    this.#calls.place(attempt, closed && (permit.refusal ?? GATE_EXPLANATIONS[closed]));
  }

  get #stall(): Stall {
    if (this.#adapter.trouble !== "") return { stall: "provider_down", explanation: this.#adapter.trouble };
    if (this.#hold.why.stall !== "") return this.#hold.why;
    if (this.#work.trouble !== "") return { stall: "dialer_unavailable", explanation: this.#work.trouble };
    if (this.#freePorts <= 0)
      return { stall: "ports_full", explanation: `All ${this.#voice.maxPorts} ports are in use.` };
    const nobody = this.#isProgressive && this.#agents.ready === 0 && this.#calls.dialing === 0;
    return nobody ? { stall: "no_agents", explanation: "All agents are busy." } : MOVING;
  }

  #readyTarget(): number {
    const wanted = this.#isProgressive
      ? this.#voice.simulatedAgents * this.#voice.linesPerAgent * 2
      : (this.#voice.callsPerMinute / 60) * 5;
    return Math.min(READY_AHEAD, Math.max(2, Math.ceil(wanted)));
  }

  #track(work: Promise<void>): void {
    this.#underway.add(work);
    void work.finally(() => this.#underway.delete(work));
  }
}

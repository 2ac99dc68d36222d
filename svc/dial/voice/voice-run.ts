/** The dialing of one group by phone: power (a fixed rate) or progressive (for agents who are ready). */
import { DialingMode, type VoiceSettings } from "../../../gen/herald/campaigns/v1/voice_settings.ts";
import { Agents } from "./agents.ts";
import type { Leased } from "../attempts/attempt.ts";
import { Hold, MOVING, type Stall } from "../pipeline/pace/hold.ts";
import { LastMinute } from "../pipeline/pace/last-minute.ts";
import type { Leases } from "../pipeline/work/campaign-work.ts";
import { makeAttempts, type BegunAttempt } from "../pipeline/prepare/prepare.ts";
import type { EndOfWork } from "../sessions/marks.ts";
import type { Orphan } from "../attempts/open-store.ts";
import { progressiveCalls, seededChance } from "./pacing.ts";
import { GATE_EXPLANATIONS } from "../pipeline/send/message-provider.ts";
import { openLeases, type Run, type RunDeps } from "../sessions/run.ts";
import type { SessionSettings } from "../sessions/session-settings.ts";
import type { SessionStatus } from "../sessions/session-store.ts";
import { TokenBucket } from "../pipeline/pace/token-bucket.ts";
import { VoiceCalls, type VoicePace } from "./voice-calls.ts";
import type { VoiceAdapter } from "./voice-adapter.ts";

/** Beside every event, pacing looks again this often. */
const TICK_MS = 100;
/** Calls whose end is overdue are asked for this often. */
const SWEEP_MS = 2_000;
const BATCH = 100;
const READY_AHEAD = 500;

export class VoiceRun implements Run {
  readonly #deps: RunDeps;
  readonly #adapter: VoiceAdapter;
  readonly #leases: Leases;
  readonly #calls: VoiceCalls;
  readonly #agents: Agents;
  readonly #lastMinute = new LastMinute();
  readonly #hold: Hold;
  readonly #underway = new Set<Promise<void>>();
  readonly #timers: NodeJS.Timeout[];
  #settings: SessionSettings;
  #bucket: TokenBucket;
  #halted = false;
  /** Leased calls on their way to being placed. */
  #preparing = 0;

  constructor(
    deps: RunDeps,
    adapter: VoiceAdapter,
    pace: VoicePace,
    settings: SessionSettings,
    orphans: readonly Orphan[],
  ) {
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
    this.#leases = openLeases(
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
    this.#leases.nudge();
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
    this.#track(this.#leases.stop());
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

  /** Leaves calls to whoever takes the session over. */
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
    return this.#voice.maxPorts - this.#calls.size - this.#preparing;
  }

  /** Places as many calls as the mode wants now. */
  #pace(): void {
    if (this.#halted || this.#adapter.trouble !== "" || this.#hold.waitMs > 0) return;
    const taken = this.#leases.take(Math.min(BATCH, this.#wanted()));
    if (taken.length === 0) return;
    this.#preparing += taken.length;
    this.#bucket.take(taken.length);
    this.#track(this.#make(taken));
  }

  #wanted(): number {
    if (!this.#isProgressive) return Math.max(0, Math.min(this.#bucket.available(performance.now()), this.#freePorts));
    return progressiveCalls({
      linesPerAgent: this.#voice.linesPerAgent,
      ready: this.#agents.ready,
      queued: this.#calls.waiting,
      dialed: this.#calls.dialing + this.#preparing,
      freePorts: this.#freePorts,
    });
  }

  /** A call stands for a line, a port and an agent's attention from here on until it is placed or given back. */
  async #make(taken: readonly Leased[]): Promise<void> {
    const done = await this.#marked(taken);
    const ready = done ? await this.#prepare(taken) : [];
    const notMade = taken.length - ready.length;
    this.#preparing -= notMade;
    this.#bucket.giveBack(notMade);
    this.#lastMinute.add(ready.length, this.#deps.now());
    // Permits that grew old meanwhile are renewed together: one after another, the last would be placed seconds later.
    await Promise.all(ready.map((one) => this.#place(one)));
    done?.();
  }

  async #prepare(taken: readonly Leased[]): Promise<BegunAttempt[]> {
    try {
      const ready = await makeAttempts(this.#deps, this.#leases, taken, this.#settings, () => !this.#halted);
      this.#hold.passed();
      return ready;
    } catch (error) {
      this.#hold.failed(this.#settings, error);
      return [];
    }
  }

  /** Says durably that work begins; where that is not possible now, gives back what was taken. */
  async #marked(taken: readonly Leased[]): Promise<EndOfWork | undefined> {
    try {
      return await this.#deps.marks.begin(this.#settings);
    } catch (error) {
      this.#hold.failed(this.#settings, error);
      await this.#leases.giveBack(taken.map(({ lease }) => lease));
      return undefined;
    }
  }

  async #place({ attempt, permit }: BegunAttempt): Promise<void> {
    const isAllowed = permit.isFresh || (await permit.renew());
    const unchecked = isAllowed ? undefined : (permit.refusal ?? GATE_EXPLANATIONS.unchecked);
    this.#preparing -= 1;
    this.#calls.place(attempt, unchecked ?? (this.#halted ? GATE_EXPLANATIONS.stopped : undefined));
  }

  get #stall(): Stall {
    if (this.#adapter.trouble !== "") return { stall: "provider_down", explanation: this.#adapter.trouble };
    if (this.#hold.why.stall !== "") return this.#hold.why;
    if (this.#leases.trouble !== "") return { stall: "dialer_unavailable", explanation: this.#leases.trouble };
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

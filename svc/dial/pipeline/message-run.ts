/** Dials one group by email or SMS, as fast as leases, compliance, the group's pace and the provider allow. */
import { pause } from "../../lib/async/time.ts";
import { Hold, MOVING, type Stall } from "./pace/hold.ts";
import type { WorkSource } from "./source/work-source.ts";
import { type AttemptBatch, beginAttempts, liveThrough } from "./attempt-life.ts";
import type { BegunAttempt } from "./send/intents.ts";
import type { EndOfWork } from "../sessions/marks.ts";
import type { ReturnReason, SendResult } from "./send/message-provider.ts";
import type { Lane } from "../providers/provider-lane.ts";
import { LastMinute } from "./pace/last-minute.ts";
import { Turn } from "./pace/turn.ts";
import type { Permit } from "./permit/permit.ts";
import { openWork, type Run, type RunDeps } from "../sessions/run.ts";
import { settleMessage } from "./settle/settle.ts";
import type { SessionSettings } from "../sessions/session-settings.ts";
import type { SessionStatus } from "../sessions/session-store.ts";
import { TokenBucket } from "./pace/token-bucket.ts";

/** Attempts that are checked and stored together, and the number of such batches at once. */
const BATCH = 250;
const BATCHES_AT_ONCE = 3;
/** Leases kept ready; with a slow pace, only those of the next seconds. */
const READY_AHEAD = 1_000;
const READY_SECONDS = 2;
/** The loop looks at least so often for a new pace or an end of waiting. */
const LONGEST_REST_MS = 1_000;

export class MessageRun implements Run {
  readonly #deps: RunDeps;
  readonly #provider: Lane;
  readonly #work: WorkSource;
  readonly #halt = new AbortController();
  readonly #lastMinute = new LastMinute();
  readonly #hold: Hold;
  readonly #looping: Promise<void>;
  readonly #underway = new Set<Promise<void>>();
  /** Batches whose intents are not stored yet. */
  readonly #beginning = new Set<Promise<void>>();
  #settings: SessionSettings;
  #bucket: TokenBucket | undefined;

  constructor(deps: RunDeps, provider: Lane, settings: SessionSettings) {
    this.#deps = deps;
    this.#provider = provider;
    this.#hold = new Hold(deps.events);
    this.#settings = settings;
    this.#setPace();
    this.#work = openWork(
      deps,
      () => this.#settings,
      () => this.#readyTarget(),
    );
    this.#looping = this.#loop();
  }

  update(settings: SessionSettings): void {
    this.#settings = settings;
    this.#hold.release();
    this.#setPace();
    this.#work.nudge();
  }

  status(): SessionStatus {
    const { stall, explanation } = this.#stall;
    return {
      attemptsLastMinute: this.#lastMinute.count(this.#deps.now()),
      agents: 0,
      agentsReady: 0,
      stall,
      stallExplanation: explanation,
    };
  }

  halt(): void {
    if (this.#halt.signal.aborted) return;
    this.#halt.abort();
    this.#provider.leave();
    this.#track(this.#work.stop());
  }

  get idle(): boolean {
    return this.#halt.signal.aborted && this.#underway.size === 0;
  }

  /** Only halts: messages under way end with the provider's answer, even after this session is gone. */
  abandon(): void {
    this.halt();
  }

  async stop(): Promise<void> {
    this.halt();
    await this.#looping;
    while (this.#underway.size > 0) await Promise.all(this.#underway);
  }

  async #loop(): Promise<void> {
    const { signal } = this.#halt;
    while (!signal.aborted) {
      await this.#work.available();
      await this.#provider.whenUp(signal);
      await pause(Math.min(this.#waitMs, LONGEST_REST_MS), signal);
      const wanted = Math.min(BATCH, this.#work.ready, this.#bucket?.available(performance.now()) ?? BATCH);
      if (signal.aborted || wanted < 1 || this.#waitMs > 0) continue;
      const endOfWork = await this.#marked();
      if (!endOfWork) continue;
      const slots = await this.#provider.slots.acquire(wanted, signal);
      const turns = slots.map((slot) => new Turn(slot, this.#bucket));
      const { begun, over } = liveThrough(this.#batch(turns));
      this.#track(over.finally(endOfWork));
      this.#beginning.add(begun);
      void begun.finally(() => this.#beginning.delete(begun));
      while (this.#beginning.size >= BATCHES_AT_ONCE) await Promise.race(this.#beginning);
    }
  }

  #batch(turns: readonly Turn[]): AttemptBatch {
    return {
      turns,
      works: this.#work.take(turns.length),
      begin: (works) => this.#begin(works),
      finish: (begun) => this.#send(begun),
    };
  }

  /** Stores that work begins; undefined when that is not possible now. */
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
      const begun = await beginAttempts(this.#deps, this.#work, works, this.#settings, () => !this.#isHalted);
      this.#hold.passed();
      this.#lastMinute.add(begun.length, this.#deps.now());
      return begun;
    } catch (error) {
      this.#hold.failed(this.#settings, error);
      // With unusable content, leased work would only wait here. The group leases it again when its content has changed.
      if (this.#hold.isForGood) await this.#work.giveBack();
      return [];
    }
  }

  async #send(begun: BegunAttempt): Promise<void> {
    const sent = await this.#provider.send(begun.attempt, () => this.#gate(begun.permit));
    if (sent.kind === "returned") this.#noteReturn(sent);
    else this.#hold.senderTaken();
    await settleMessage(this.#deps, begun, sent);
  }

  #gate(permit: Permit): ReturnReason | undefined | Promise<ReturnReason | undefined> {
    if (this.#isHalted) return "stopped";
    // Messages that are under way already would only be refused one by one.
    if (this.#hold.isSenderRefused) return "sender_waits";
    return permit.closed()?.then((closed) => closed ?? (this.#isHalted ? "stopped" : undefined));
  }

  #noteReturn({ reason, explanation }: SendResult & { kind: "returned" }): void {
    if (reason === "sender_refused") this.#hold.senderRefused(explanation);
    if (reason === "sender_waits") this.#hold.senderWaits(explanation);
  }

  get #isHalted(): boolean {
    return this.#halt.signal.aborted;
  }

  /** Milliseconds until the next attempt may be made. */
  get #waitMs(): number {
    return Math.max(this.#hold.waitMs, this.#bucket?.waitMs(performance.now()) ?? 0);
  }

  get #stall(): Stall {
    if (this.#provider.trouble !== "") return { stall: "provider_down", explanation: this.#provider.trouble };
    if (this.#hold.why.stall !== "") return this.#hold.why;
    return this.#work.trouble === "" ? MOVING : { stall: "dialer_unavailable", explanation: this.#work.trouble };
  }

  #setPace(): void {
    const { messagesPerMinute: pace } = this.#settings;
    const now = performance.now();
    if (pace === 0) this.#bucket = undefined;
    else if (this.#bucket) this.#bucket.setRate(pace, now);
    else this.#bucket = new TokenBucket(pace, now);
  }

  #readyTarget(): number {
    const { messagesPerMinute: pace } = this.#settings;
    if (this.#hold.isForGood) return 0;
    return pace === 0 ? READY_AHEAD : Math.min(READY_AHEAD, Math.max(1, Math.ceil((pace / 60) * READY_SECONDS)));
  }

  #track(work: Promise<void>): void {
    this.#underway.add(work);
    void work.finally(() => this.#underway.delete(work));
  }
}

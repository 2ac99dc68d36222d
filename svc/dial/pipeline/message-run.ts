/** The dialing of one group by email or SMS: as fast as leases, compliance, the group's own pace and the provider allow. */
import { pause } from "../../lib/async/time.ts";
import type { Leased } from "../attempts/attempt.ts";
import { Hold, MOVING, type Stall } from "./pace/hold.ts";
import type { Leases } from "./work/campaign-work.ts";
import { makeAttempts, type BegunAttempt } from "./prepare/prepare.ts";
import type { EndOfWork } from "../sessions/marks.ts";
import type { MessageProvider, ReturnReason, Sent } from "./send/message-provider.ts";
import { LastMinute } from "./pace/last-minute.ts";
import type { Permit } from "./permit/permit.ts";
import { orEnding } from "./settle/results.ts";
import { openLeases, type Run, type RunDeps } from "../sessions/run.ts";
import { changeOf } from "./settle/sent-change.ts";
import type { SessionSettings } from "../sessions/session-settings.ts";
import type { SessionStatus } from "../sessions/session-store.ts";
import { TokenBucket } from "./pace/token-bucket.ts";

/** Attempts that are checked and written down together, and how many such batches at once. */
const BATCH = 100;
const BATCHES_AT_ONCE = 3;
/** Leases kept ready; with a slow pace, those of the next seconds. */
const READY_AHEAD = 500;
const READY_SECONDS = 2;
/** A new pace, or an end of waiting, holds by then. */
const LONGEST_REST_MS = 1_000;

export class MessageRun implements Run {
  readonly #deps: RunDeps;
  readonly #provider: MessageProvider;
  readonly #leases: Leases;
  readonly #halt = new AbortController();
  readonly #lastMinute = new LastMinute();
  readonly #hold: Hold;
  readonly #looping: Promise<void>;
  readonly #underway = new Set<Promise<void>>();
  /** Batches on their way to the provider. */
  readonly #making = new Set<Promise<void>>();
  #settings: SessionSettings;
  #bucket: TokenBucket | undefined;

  constructor(deps: RunDeps, provider: MessageProvider, settings: SessionSettings) {
    this.#deps = deps;
    this.#provider = provider;
    this.#hold = new Hold(deps.events);
    this.#settings = settings;
    this.#setPace();
    this.#leases = openLeases(
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
    this.#leases.nudge();
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
    this.#track(this.#leases.stop());
  }

  get idle(): boolean {
    return this.#halt.signal.aborted && this.#underway.size === 0;
  }

  /** A message under way ends with its answer, wherever that is heard. */
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
      await this.#leases.available();
      await this.#provider.whenUp(signal);
      await pause(Math.min(this.#waitMs, LONGEST_REST_MS), signal);
      const wanted = Math.min(BATCH, this.#leases.ready, this.#bucket?.available(performance.now()) ?? BATCH);
      if (signal.aborted || wanted < 1 || this.#waitMs > 0) continue;
      const done = await this.#marked();
      if (!done) continue;
      const slots = await this.#provider.slots.acquire(wanted, signal);
      const taken = this.#leases.take(slots);
      this.#provider.slots.release(slots - taken.length);
      if (taken.length === 0) {
        done();
        continue;
      }
      this.#bucket?.take(taken.length);
      this.#begin(this.#make(taken, done));
      while (this.#making.size >= BATCHES_AT_ONCE) await Promise.race(this.#making);
    }
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

  /** One batch, from leases to the provider. Holds a slot for each attempt until its result is written. */
  async #make(taken: readonly Leased[], done: EndOfWork): Promise<void> {
    let ready: BegunAttempt[] = [];
    try {
      ready = await makeAttempts(this.#deps, this.#leases, taken, this.#settings, () => !this.#halt.signal.aborted);
      this.#hold.passed();
    } catch (error) {
      this.#hold.failed(this.#settings, error);
      // What nobody will take is for whoever comes next: this group, once its content is another.
      if (this.#hold.isForGood) await this.#leases.giveBackAll();
    } finally {
      const notMade = taken.length - ready.length;
      this.#provider.slots.release(notMade);
      this.#bucket?.giveBack(notMade);
    }
    this.#lastMinute.add(ready.length, this.#deps.now());
    const sends = ready.map((one) => this.#send(one));
    for (const send of sends) this.#track(send);
    void Promise.allSettled(sends).then(done);
  }

  async #send({ attempt, permit }: BegunAttempt): Promise<void> {
    const sent = await this.#provider.send(attempt, () => this.#gate(permit));
    if (sent.kind === "accepted") this.#deps.receipts.expect(sent.providerMessageId, attempt);
    if (sent.kind === "returned") this.#noteReturn(sent);
    else this.#hold.senderTaken();
    const isWritten = await orEnding(this.#deps.results.put(changeOf(sent, attempt, permit.refusal, this.#deps.now())));
    if (!isWritten) return;
    this.#deps.underway.delete(attempt.id);
    this.#provider.slots.release(1);
  }

  #gate(permit: Permit): ReturnReason | undefined | Promise<ReturnReason | undefined> {
    if (this.#halt.signal.aborted) return "stopped";
    // What is under way already need not be refused one by one.
    if (this.#hold.isSenderRefused) return "sender_waits";
    return permit.isFresh ? undefined : this.#renew(permit);
  }

  async #renew(permit: Permit): Promise<ReturnReason | undefined> {
    if (await permit.renew()) return this.#halt.signal.aborted ? "stopped" : undefined;
    return permit.refusal ? "refused" : "unchecked";
  }

  #noteReturn({ reason, explanation }: Sent & { kind: "returned" }): void {
    if (reason === "sender_refused") this.#hold.senderRefused(explanation);
    if (reason === "sender_waits") this.#hold.senderWaits(explanation);
  }

  /** Until the next attempt may be made. */
  get #waitMs(): number {
    return Math.max(this.#hold.waitMs, this.#bucket?.waitMs(performance.now()) ?? 0);
  }

  get #stall(): Stall {
    if (this.#provider.trouble !== "") return { stall: "provider_down", explanation: this.#provider.trouble };
    if (this.#hold.why.stall !== "") return this.#hold.why;
    return this.#leases.trouble === "" ? MOVING : { stall: "dialer_unavailable", explanation: this.#leases.trouble };
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

  #begin(batch: Promise<void>): void {
    this.#making.add(batch);
    void batch.finally(() => this.#making.delete(batch));
    this.#track(batch);
  }

  #track(work: Promise<void>): void {
    this.#underway.add(work);
    void work.finally(() => this.#underway.delete(work));
  }
}

/** Why a session waits before its next attempt, and until when. After failures in a row it waits longer each time. */
import { backoffMs } from "../../../lib/async/time.ts";
import { ComplianceUnavailableError } from "../permit/compliance.ts";
import type { Events } from "../../events.ts";
import { UnusableContentError } from "../../rendering/renderer.ts";
import { SenderRefusedError } from "../../senders/sender-claims.ts";
import type { SessionKey } from "../../sessions/session-store.ts";

/** Why a session does not move: `stall` is a StallReason of campaigns in lower case, `explanation` is for people. */
export interface Stall {
  stall: string;
  explanation: string;
}

export const MOVING: Stall = { stall: "", explanation: "" };

const BACK_OFF = { baseMs: 500, mostMs: 10_000 };
const SENDER_BACK_OFF = { baseMs: 2_000, mostMs: 300_000 };
const SENDER_REFUSED_MS = 30_000;

export class Hold {
  readonly #events: Events;
  #failures = 0;
  #until = 0;
  /** Refusals of the sender in a row, and the time until which nothing more is sent from it. */
  #refusals = 0;
  #senderUntil = 0;
  #why = MOVING;

  constructor(events: Events) {
    this.#events = events;
  }

  /** Notes that attempts could be made, so earlier failures are over. */
  passed(): void {
    if (this.#failures === 0 || this.isForGood) return;
    this.#failures = 0;
    this.#why = MOVING;
  }

  /** Notes that a batch of attempts could not be made. */
  failed(session: SessionKey, error: unknown): void {
    if (this.isForGood) return;
    this.#failures += 1;
    if (error instanceof UnusableContentError) {
      this.wait(Infinity, { stall: "content_invalid", explanation: error.explanation });
      return this.#events.stalled(session, this.#why.stall);
    }
    this.wait(backoffMs(this.#failures, BACK_OFF), stallOf(error));
    const isKnown = error instanceof ComplianceUnavailableError || error instanceof SenderRefusedError;
    if (!isKnown) this.#events.pipelineFailed(session, error);
    else if (this.#failures === 1) this.#events.stalled(session, this.#why.stall, error);
  }

  /** The content is unusable, so nothing more is tried until it changes. */
  get isForGood(): boolean {
    return this.#until === Infinity;
  }

  /** Waits so long, for a reason that is not a failure of ours. */
  wait(ms: number, why: Stall): void {
    this.#until = performance.now() + ms;
    this.#why = why;
  }

  /** Notes that the provider refuses the sender, until somebody mends that. */
  senderRefused(explanation: string): void {
    this.#refuse(SENDER_REFUSED_MS, `${explanation} Change the sender of the group, or the provider's settings.`);
  }

  /** Notes that the provider refuses the sender for a while; longer each time. Of messages refused together, the first counts. */
  senderWaits(explanation: string): void {
    if (this.isSenderRefused) return;
    this.#refusals += 1;
    const remedy = `${explanation} It is tried again by itself, later each time; if this stays, look after the sender.`;
    this.#refuse(backoffMs(this.#refusals, SENDER_BACK_OFF), remedy);
  }

  /** Notes that the provider took a message, or refused one for another reason than its sender. */
  senderTaken(): void {
    this.#refusals = 0;
  }

  get isSenderRefused(): boolean {
    return this.#senderUntil > performance.now();
  }

  #refuse(ms: number, explanation: string): void {
    if (this.isForGood) return;
    this.#senderUntil = performance.now() + ms;
    this.wait(ms, { stall: "provider_down", explanation });
  }

  /** Ends all waiting, since settings changed and the obstacle may be gone. */
  release(): void {
    this.#until = 0;
    this.#senderUntil = 0;
    this.#refusals = 0;
    this.#failures = 0;
    this.#why = MOVING;
  }

  get waitMs(): number {
    return Math.max(0, this.#until - performance.now());
  }

  get why(): Stall {
    return this.#failures > 0 || this.waitMs > 0 ? this.#why : MOVING;
  }
}

function stallOf(error: unknown): Stall {
  if (error instanceof ComplianceUnavailableError)
    return { stall: "compliance_unavailable", explanation: error.explanation };
  if (error instanceof SenderRefusedError) return { stall: "provider_down", explanation: error.message };
  const explanation = "The dialer cannot write down what it does; its database may be away.";
  return { stall: "dialer_unavailable", explanation };
}

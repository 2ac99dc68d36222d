/**
 * What an attempt holds while it lives: room at its provider, and a share of its group's pace. It frees itself at the end of that
 * life; the share, unless it was used, is there for another attempt.
 */
import type { TokenBucket } from "./token-bucket.ts";

export class Turn implements Disposable {
  readonly #room: Disposable;
  #share: TokenBucket | undefined;

  /** Takes a share of the pace, where there is one. */
  constructor(room: Disposable, pace: TokenBucket | undefined) {
    this.#room = room;
    this.#share = pace;
    pace?.take(1);
  }

  /** The attempt is begun: its share is used up. */
  spend(): void {
    this.#share = undefined;
  }

  [Symbol.dispose](): void {
    this.#room[Symbol.dispose]();
    this.#share?.giveBack(1);
    this.#share = undefined;
  }
}

/**
 * What an attempt holds during its life: a slot at its provider, and a share of its group's pace. Disposing of the turn frees the slot. A
 * share that was not spent goes to another attempt.
 */
import type { TokenBucket } from "./token-bucket.ts";

export class Turn implements Disposable {
  readonly #room: Disposable;
  #share: TokenBucket | undefined;

  /** Takes a share of the pace, if the group has one. */
  constructor(room: Disposable, pace: TokenBucket | undefined) {
    this.#room = room;
    this.#share = pace;
    pace?.take(1);
  }

  /** Uses up the share, since the attempt has begun. */
  spend(): void {
    this.#share = undefined;
  }

  [Symbol.dispose](): void {
    this.#room[Symbol.dispose]();
    this.#share?.giveBack(1);
    this.#share = undefined;
  }
}

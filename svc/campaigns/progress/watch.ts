/** Follows a group: at once, again when something changed, and now and then so that nobody wonders. */
import type { CampaignGroup } from "../../../gen/herald/campaigns/v1/campaign_group.ts";
import type { Progress } from "../../../gen/herald/campaigns/v1/progress.ts";
import { pause } from "../../lib/async/time.ts";
import type { Changes } from "./changes.ts";

export interface WatchOptions {
  groupId: string;
  changes: Changes;
  /** Reads the group as it is now. */
  read: () => Promise<{ campaignGroup: CampaignGroup; progress: Progress }>;
  /** Shortest time between two messages. */
  paceMs: number;
  /** Longest time between two messages. */
  heartbeatMs: number;
  signal: AbortSignal;
}

/** Some changes come with time alone (a window opens, the dialer stalls): looked for this often. */
const LOOK_EVERY_MS = 3_000;

export async function* watchGroup({ groupId, changes, read, paceMs, heartbeatMs, signal }: WatchOptions) {
  const waiting = new Waker();
  const wake = () => waiting.wake();
  const off = changes.on(groupId, wake);
  signal.addEventListener("abort", wake, { once: true });
  try {
    let shown = "";
    let sentAt = -Infinity;
    while (!signal.aborted) {
      waiting.reset();
      const message = await read();
      const text = JSON.stringify(message);
      if (text !== shown || performance.now() - sentAt >= heartbeatMs) {
        yield message;
        shown = text;
        sentAt = performance.now();
      }
      await pause(paceMs, signal);
      await waiting.wait(Math.min(LOOK_EVERY_MS, heartbeatMs - (performance.now() - sentAt)));
    }
  } finally {
    off();
    signal.removeEventListener("abort", wake);
  }
}

/** Waits for a change or a time, whichever comes first; a change that came before the wait counts too. */
class Waker {
  #woken = false;
  #wake = () => {};

  wake(): void {
    this.#woken = true;
    this.#wake();
  }

  reset(): void {
    this.#woken = false;
  }

  async wait(ms: number): Promise<void> {
    if (this.#woken || ms <= 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

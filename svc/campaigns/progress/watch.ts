/** Streams a group: at once, after each change, and at regular intervals. */
import type { CampaignGroup } from "../../../gen/herald/campaigns/v1/campaign_group.ts";
import type { Progress } from "../../../gen/herald/campaigns/v1/progress.ts";
import { Bell } from "../../lib/async/bell.ts";
import { pause } from "../../lib/async/time.ts";
import type { GroupChanges } from "./group-changes.ts";

export interface WatchOptions {
  groupId: string;
  changes: GroupChanges;
  /** Reads the group as it is now. */
  read: () => Promise<{ campaignGroup: CampaignGroup; progress: Progress }>;
  /** Shortest time between two messages. */
  paceMs: number;
  /** Longest time between two messages. */
  heartbeatMs: number;
  signal: AbortSignal;
}

/** How often to look for changes that only come with time: a window opens, the dialer stalls. */
const LOOK_EVERY_MS = 3_000;

export async function* watchGroup({ groupId, changes, read, paceMs, heartbeatMs, signal }: WatchOptions) {
  const bell = new Bell();
  const ring = () => bell.ring();
  const off = changes.on(groupId, ring);
  signal.addEventListener("abort", ring, { once: true });
  try {
    let shown = "";
    let sentAt = -Infinity;
    while (!signal.aborted) {
      const message = await read();
      const text = JSON.stringify(message);
      if (text !== shown || performance.now() - sentAt >= heartbeatMs) {
        yield message;
        shown = text;
        sentAt = performance.now();
      }
      await pause(paceMs, signal);
      await bell.heard(Math.min(LOOK_EVERY_MS, heartbeatMs - (performance.now() - sentAt)));
    }
  } finally {
    off();
    signal.removeEventListener("abort", ring);
  }
}

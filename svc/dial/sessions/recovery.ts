/** Takes over what an earlier owner of a session left open: the adapter is asked about calls; messages wait for receipts or are stale. */
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import type { Database } from "../../lib/postgres/db.ts";
import type { Now } from "../../lib/async/time.ts";
import type { Events } from "../events.ts";
import { adoptOrphans, type Orphan } from "../attempts/open-store.ts";
import { unknownOutcome } from "../../lib/outcomes/outcomes.ts";
import type { Results } from "../pipeline/settle/results.ts";
import type { SessionKey } from "./session-store.ts";

export interface RecoveryDeps {
  db: Database;
  results: Results;
  events: Events;
  owner: string;
  now: Now;
}

const BATCH = 500;

/** Takes over open attempts. Gives the calls, about which the session's run has to ask the adapter. */
export async function recover(
  { db, results, events, owner, now }: RecoveryDeps,
  session: SessionKey,
): Promise<Orphan[]> {
  const calls: Orphan[] = [];
  const found = { stale: 0, waiting: 0, calls: 0 };
  for (let orphans: Orphan[] = []; ;) {
    orphans = await adoptOrphans(db.tenant(session.tenantId), session.groupId, owner, BATCH);
    // Nobody knows whether a message left before the crash. If the provider took it, its receipt will come.
    const lost = orphans.filter(({ channel, sent }) => channel !== Channel.CHANNEL_VOICE && !sent);
    const at = now();
    await Promise.all(
      lost.map((key) =>
        results.put({
          key,
          attempt: undefined,
          at,
          kind: "stale",
          outcome: unknownOutcome(key.channel),
          providerStatus: "dialer stopped",
        }),
      ),
    );
    calls.push(...orphans.filter(({ channel }) => channel === Channel.CHANNEL_VOICE));
    found.stale += lost.length;
    found.waiting += orphans.length - lost.length;
    if (orphans.length < BATCH) break;
  }
  found.calls = calls.length;
  found.waiting -= calls.length;
  if (found.stale + found.waiting + found.calls > 0) events.recovered(session, found);
  return calls;
}

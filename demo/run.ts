/** Starts campaign groups and follows them until their counts no longer change. */
import { setTimeout as wait } from "node:timers/promises";
import type { CampaignGroup } from "../gen/rest.ts";
import { type Api, done } from "./api.ts";
import { channelOf, type GroupResult, secondsOf } from "./report.ts";

const POLL_MS = 500;
/** The demo does not wait for a group whose next chain is due later than this. */
const FAR_MS = 30_000;
/** Results take a moment from the carrier to the counts, so a group is done when its counts stayed the same for this many looks. */
const SAME_LOOKS = 4;

/** Follows the groups until they are done, or for `withinMs` at most. Gives how far they are then. */
export async function runGroups(
  api: Api,
  groups: readonly CampaignGroup[],
  withinMs: number,
  say: (line: string) => void,
): Promise<GroupResult[]> {
  for (const { id } of groups) {
    done(
      await api.rest.POST("/v1/campaign-groups/{campaignGroupId}:start", {
        params: { path: { campaignGroupId: id } },
        body: {},
      }),
    );
  }
  const startedAt = performance.now();
  const movedAfter = groups.map(() => 0);
  const known = groups.map(() => "");
  let told = "";
  for (let same = 0; ; same++) {
    await wait(POLL_MS);
    const seen = await Promise.all(groups.map(({ id }) => progressOf(api, id)));
    const passed = performance.now() - startedAt;
    const line = seen.map(showProgress).join(" · ");
    if (line !== told) say(`${secondsOf(passed).toFixed(1).padStart(5)} s  ${line}`);
    told = line;
    for (const [i, one] of seen.entries()) {
      const counts = JSON.stringify(countsOf(one));
      if (counts === known[i]) continue;
      known[i] = counts;
      movedAfter[i] = passed;
      same = 0;
    }
    if ((same >= SAME_LOOKS && seen.every(isAtRest)) || passed > withinMs)
      return seen.map((one, i) => ({ ...one, seconds: secondsOf(movedAfter[i] ?? 0) }));
  }
}

type GroupProgress = Pick<GroupResult, "group" | "progress">;

const showProgress = ({ group, progress }: GroupProgress): string =>
  `${channelOf(group)} ${progress.attempted} attempted, ${progress.refused} refused, ${progress.waiting} waiting`;

const countsOf = ({
  progress: { attempts, attemptsByResult, attempted, refused, waiting, inFlight },
}: GroupProgress) => ({
  attempts,
  attemptsByResult,
  attempted,
  refused,
  waiting,
  inFlight,
});

async function progressOf(api: Api, campaignGroupId: string): Promise<GroupProgress> {
  const { campaignGroup, progress } = done(
    await api.rest.GET("/v1/campaign-groups/{campaignGroupId}", { params: { path: { campaignGroupId } } }),
  );
  if (!campaignGroup || !progress) throw new Error(`The campaign group ${campaignGroupId} is gone.`);
  return { group: campaignGroup, progress };
}

function isAtRest({ group, progress }: GroupProgress): boolean {
  if (group.state === "CAMPAIGN_GROUP_STATE_STOPPED") return true;
  const next = progress.nextDueTime ? Date.parse(progress.nextDueTime) - Date.now() : 0;
  return (
    group.state === "CAMPAIGN_GROUP_STATE_RUNNING" &&
    Number(progress.inFlight) === 0 &&
    progress.stalls.length > 0 &&
    next > FAR_MS
  );
}

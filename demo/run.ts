/** Starts campaign groups and follows them until nothing moves any more. */
import { setTimeout as wait } from "node:timers/promises";
import type { CampaignGroup } from "../gen/rest.ts";
import { type Api, done } from "./api.ts";
import { channelOf, type GroupResult } from "./report.ts";

const POLL_MS = 1_000;
/** A group whose next chain is due later than this will not move while anybody watches. */
const FAR_MS = 30_000;
/** Results take a moment from the carrier to the counts: groups rest once their counts have stood still for so many looks. */
const SAME_LOOKS = 4;

/** Follows the groups; gives up after `withinMs` with how far they were. */
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
  const giveUpAt = performance.now() + withinMs;
  let told = "";
  let known = "";
  for (let same = 0; ; same++) {
    await wait(POLL_MS);
    const results = await Promise.all(groups.map(({ id }) => progressOf(api, id)));
    const line = results.map(showProgress).join(" · ");
    if (line !== told) say(line);
    told = line;
    const counts = JSON.stringify(results.map(countsOf));
    if (counts !== known) same = 0;
    known = counts;
    if ((same >= SAME_LOOKS && results.every(isAtRest)) || performance.now() > giveUpAt) return results;
  }
}

const showProgress = ({ group, progress }: GroupResult): string =>
  `${channelOf(group)} ${progress.attempted} attempted, ${progress.refused} refused, ${progress.waiting} waiting`;

const countsOf = ({
  progress: { attempts, attemptsByResult, attempted, refused, waiting, inFlight },
}: GroupResult) => ({
  attempts,
  attemptsByResult,
  attempted,
  refused,
  waiting,
  inFlight,
});

async function progressOf(api: Api, campaignGroupId: string): Promise<GroupResult> {
  const { campaignGroup, progress } = done(
    await api.rest.GET("/v1/campaign-groups/{campaignGroupId}", { params: { path: { campaignGroupId } } }),
  );
  if (!campaignGroup || !progress) throw new Error(`The campaign group ${campaignGroupId} is gone.`);
  return { group: campaignGroup, progress };
}

function isAtRest({ group, progress }: GroupResult): boolean {
  if (group.state === "CAMPAIGN_GROUP_STATE_STOPPED") return true;
  const next = progress.nextDueTime ? Date.parse(progress.nextDueTime) - Date.now() : 0;
  return (
    group.state === "CAMPAIGN_GROUP_STATE_RUNNING" &&
    Number(progress.inFlight) === 0 &&
    progress.stalls.length > 0 &&
    next > FAR_MS
  );
}

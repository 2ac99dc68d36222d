/** `herald campaigns watch`: follows a group until it stops, or nothing can happen before tomorrow. */
import type { Command } from "commander";
import { CampaignGroupState } from "../../gen/herald/campaigns/v1/campaign_group.ts";
import {
  CampaignGroupServiceDefinition,
  WatchCampaignGroupResponse,
} from "../../gen/herald/campaigns/v1/campaign_group_service.ts";
import { withPlatform } from "../connection.ts";
import { campaignGroupOf } from "../find.ts";
import { wantsJson } from "../output.ts";
import { say, tell } from "../printable.ts";
import { whyNothingToday } from "../quiet-day.ts";

export function addWatch(campaigns: Command, show: (answer: WatchCampaignGroupResponse) => string): void {
  campaigns
    .command("watch <group>")
    .description("follow a group until it stops, or nothing can happen today; with --json one line for each change")
    .option("--until-stopped", "go on when nothing can happen today", false)
    .action((group: string, { untilStopped }: { untilStopped: boolean }, command: Command) =>
      withPlatform(command, async (platform) => {
        const { id, name } = await campaignGroupOf(platform, group);
        const draw = wantsJson(command) ? drawJson : drawText(name, show);
        const client = platform.client(CampaignGroupServiceDefinition);
        for await (const answer of client.watchCampaignGroup({ campaignGroupId: id }, { timeoutMs: Infinity })) {
          draw(answer);
          if (answer.campaignGroup?.state === CampaignGroupState.CAMPAIGN_GROUP_STATE_STOPPED) return;
          const why = untilStopped ? undefined : whyNothingToday(answer, new Date());
          if (why) return tell(`${why} --until-stopped goes on watching.`);
        }
      }),
    );
}

const drawJson = (answer: WatchCampaignGroupResponse): void =>
  say(JSON.stringify(WatchCampaignGroupResponse.toJSON(answer)));

/** On a terminal, replaces what it drew before; elsewhere, prints below it. */
const drawText = (name: string, show: (answer: WatchCampaignGroupResponse) => string) => {
  let lines = 0;
  return (answer: WatchCampaignGroupResponse): void => {
    const text = `${name} is ${show(answer)}`;
    if (process.stdout.isTTY && lines > 0) process.stdout.write(`\x1b[${lines}A\x1b[0J`);
    lines = text.split("\n").length;
    say(text);
  };
};

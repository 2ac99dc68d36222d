/** `herald campaigns load|start|pause|resume|stop`: the commands that move a group from one state to another. */
import type { Command } from "commander";
import { CampaignGroupState, LoadMode } from "../../gen/herald/campaigns/v1/campaign_group.ts";
import {
  CampaignGroupServiceDefinition,
  type PreviewStartResponse,
  StopCampaignGroupResponse,
} from "../../gen/herald/campaigns/v1/campaign_group_service.ts";
import { type Platform, withPlatform } from "../connection.ts";
import { Failure } from "../failure.ts";
import { campaignGroupOf } from "../find.ts";
import { confirm, counts, instant, print } from "../output.ts";
import { tell } from "../printable.ts";
import type { PlaceholderProblem } from "../../gen/herald/campaigns/v1/content.ts";

interface RunOptions {
  continue?: boolean;
  anew?: boolean;
  yes?: boolean;
  reason?: string;
}

type StopAnswer = Partial<StopCampaignGroupResponse>;

/** Counting the people of a group of millions takes seconds. */
const PREVIEW_MS = 60_000;

export function addRunCommands(campaigns: Command, stateOf: (state: number) => string): void {
  const groups = (platform: Platform) => platform.client(CampaignGroupServiceDefinition);
  const add = (
    verb: string,
    description: string,
    move: (platform: Platform, group: { id: string; name: string }, options: RunOptions) => Promise<StopAnswer>,
  ) =>
    campaigns
      .command(`${verb} <group>`)
      .description(description)
      .action((group: string, options: RunOptions, command: Command) =>
        withPlatform(command, async (platform) => {
          const { id, name } = await campaignGroupOf(platform, group);
          const answer = StopCampaignGroupResponse.fromPartial(await move(platform, { id, name }, options));
          // The answer to stop has all fields of the other answers.
          print(
            command,
            StopCampaignGroupResponse,
            answer,
            ({ campaignGroup, untoldServices }) =>
              `${name} is ${stateOf(campaignGroup?.state ?? 0)}.${stillToTell(untoldServices)}`,
          );
        }),
      );

  withMode(
    add(
      "load",
      "put the lists into the dial queue, to see the counts before anything is dialed",
      (platform, { id }, options) => groups(platform).loadCampaignGroup({ campaignGroupId: id, mode: modeOf(options) }),
    ),
  );
  withMode(
    add("start", "begin dialing, having told how many people it is for and asked", async (platform, group, options) => {
      const mode = modeOf(options);
      await refuseRunning(platform, group);
      await askBefore(platform, group, mode, options.yes ?? false);
      return groups(platform).startCampaignGroup({ campaignGroupId: group.id, mode });
    }),
  ).option("-y, --yes", "do not ask; without a terminal nobody is asked", false);
  add("pause", "interrupt dialing", (platform, { id }) => groups(platform).pauseCampaignGroup({ campaignGroupId: id }));
  add("resume", "go on where it was paused", (platform, { id }) =>
    groups(platform).resumeCampaignGroup({ campaignGroupId: id }),
  );
  add("stop", "end the run, also to finish without those who wait", (platform, { id }, { reason = "" }) =>
    groups(platform).stopCampaignGroup({ campaignGroupId: id, reason }),
  ).option("--reason <text>", "why, shown with the group");
}

const withMode = (command: Command): Command =>
  command
    .option("--continue", "after a run: go on with those it was not done with")
    .option("--anew", "after a run: forget it, and contact everybody again");

function modeOf(options: RunOptions): LoadMode {
  if (options.continue && options.anew) throw new Failure("--continue and --anew exclude each other.");
  if (options.continue) return LoadMode.LOAD_MODE_CONTINUE;
  return options.anew ? LoadMode.LOAD_MODE_ANEW : LoadMode.LOAD_MODE_UNSPECIFIED;
}

/** Refuses to start a running group: it does not begin a second time, and a preview could not say what a start would do. */
async function refuseRunning(platform: Platform, { id, name }: { id: string; name: string }): Promise<void> {
  const { campaignGroup } = await platform
    .client(CampaignGroupServiceDefinition)
    .getCampaignGroup({ campaignGroupId: id });
  if (campaignGroup?.state === CampaignGroupState.CAMPAIGN_GROUP_STATE_RUNNING)
    throw new Failure(`${name} is running already.`, `To begin again, stop it first: herald campaigns stop "${name}"`);
}

/** Says what a start would do. A person at a terminal is asked to confirm; a script goes on without. */
async function askBefore(
  platform: Platform,
  { id, name }: { id: string; name: string },
  mode: LoadMode,
  yes: boolean,
): Promise<void> {
  if (yes) return;
  const preview = await platform
    .client(CampaignGroupServiceDefinition)
    .previewStart({ campaignGroupId: id, mode }, { timeoutMs: PREVIEW_MS });
  if (preview.modeRequired && mode === LoadMode.LOAD_MODE_UNSPECIFIED)
    throw new Failure(
      `${name} has run before.`,
      `Say --continue for the ${preview.people} people it was not done with, or --anew for everybody, also who was reached.`,
    );
  tell(previewText(preview).join("\n"));
  if (process.stdin.isTTY) await confirm(`Start ${name}?`, yes, "Nothing was started.");
}

/** Pure: what a start would do, a line for each thing worth knowing. */
export function previewText(preview: PreviewStartResponse): string[] {
  const { people, dueNow, contactedBefore, leftAlone, leftOutByReason, firstAttemptTime, sender } = preview;
  const { checked, checkedAllowed, checkedRefusedByReason, placeholderProblems, senderProblem } = preview;
  return [
    `${people} people would be contacted, ${dueNow} of them as soon as they may be${sender ? `, from ${sender}` : ""}.`,
    contactedBefore > 0 ? `${contactedBefore} of them were contacted in the run before.` : "",
    leftAlone > 0 ? `${leftAlone} people of the run before are left alone.` : "",
    Object.keys(leftOutByReason).length > 0 ? `Left out: ${counts(leftOutByReason)}.` : "",
    checked > 0
      ? `Of the first ${checked}, ${checkedAllowed} may be contacted now${checked > checkedAllowed ? `; not now: ${counts(checkedRefusedByReason)}` : ""}.`
      : "",
    firstAttemptTime ? `First attempt: ${instant(firstAttemptTime)}.` : "",
    senderProblem,
    ...placeholderProblems.map(problemText),
  ].filter(Boolean);
}

export const problemText = ({ field, name, explanation }: PlaceholderProblem): string =>
  `{{ ${name} }} in ${field}: ${explanation}`;

const stillToTell = (services: readonly string[]): string =>
  services.length === 0
    ? ""
    : ` Not told yet, and told by themselves once they answer: ${services.join(", ")}. What was handed out before may be begun for 15 seconds more.`;

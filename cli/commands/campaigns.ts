/** `herald campaigns`: campaign groups, from their definition to their end. */
import { readFile } from "node:fs/promises";
import type { JsonValue } from "@bufbuild/protobuf";
import type { Command } from "commander";
import { CampaignGroup, CampaignGroupState } from "../../gen/herald/campaigns/v1/campaign_group.ts";
import type { Progress } from "../../gen/herald/campaigns/v1/progress.ts";
import {
  CampaignGroupServiceDefinition,
  CreateCampaignGroupResponse,
  GetCampaignGroupResponse,
  ListCampaignGroupsResponse,
} from "../../gen/herald/campaigns/v1/campaign_group_service.ts";
import { newId } from "../../svc/lib/request/ids.ts";
import { type Platform, withPlatform } from "../connection.ts";
import { checkDefinition } from "../definition.ts";
import { Failure } from "../failure.ts";
import { campaignGroupOf } from "../find.ts";
import { confirm, counts, facts, instant, print, printDone, table, word } from "../output.ts";
import { addRunCommands, problemText } from "./campaign-run.ts";
import { addSendTest } from "./send-test.ts";
import { addWatch } from "./watch.ts";

const stateOf = (state: number): string =>
  state === CampaignGroupState.CAMPAIGN_GROUP_STATE_ACTIVE
    ? "loaded, not started"
    : word(Object.entries(CampaignGroupState).find(([, value]) => value === state)?.[0] ?? "", "CAMPAIGN_GROUP_STATE");

export function campaignCommands(program: Command): void {
  const campaigns = program.command("campaigns").description("campaign groups");
  campaigns
    .command("ls")
    .description("show the groups, newest first")
    .option("-q, --query <text>", "only groups whose name contains this", "")
    .action(({ query }: { query: string }, command: Command) =>
      withPlatform(command, async (platform) => {
        const answer = await platform
          .client(CampaignGroupServiceDefinition)
          .listCampaignGroups({ query, pageSize: 100 });
        print(command, ListCampaignGroupsResponse, answer, ({ campaignGroups }) =>
          table(
            ["ID", "NAME", "STATE", "UPDATED"],
            campaignGroups.map((group) => [group.id, group.name, stateOf(group.state), instant(group.updateTime)]),
            "There are no campaign groups yet. `herald campaigns create FILE` makes one.",
          ),
        );
      }),
    );
  campaigns
    .command("create <file>")
    .description(
      "make a group from its definition: a JSON file with the fields of CampaignGroup, or what `show --json` printed",
    )
    .action((file: string, _: object, command: Command) =>
      withPlatform(command, async (platform) => {
        const request = { campaignGroup: await readDefinition(file), requestId: newId() };
        const answer = await platform.client(CampaignGroupServiceDefinition).createCampaignGroup(request);
        const problems = await placeholderProblems(platform, answer.campaignGroup);
        print(command, CreateCampaignGroupResponse, answer, ({ campaignGroup }) =>
          [`Made the campaign group ${campaignGroup?.name} (${campaignGroup?.id}).`, ...problems].join("\n"),
        );
      }),
    );
  campaigns
    .command("show <group>")
    .description("show one group with its progress, by id or name")
    .action((group: string, _: object, command: Command) =>
      withPlatform(command, async (platform) => {
        const { id } = await campaignGroupOf(platform, group);
        const answer = await platform.client(CampaignGroupServiceDefinition).getCampaignGroup({ campaignGroupId: id });
        print(command, GetCampaignGroupResponse, answer, ({ campaignGroup, progress }) =>
          [campaignGroup?.name, stateOf(campaignGroup?.state ?? 0), progress ? showProgress(progress) : ""].join("\n"),
        );
      }),
    );
  addSendTest(campaigns);
  addRunCommands(campaigns, stateOf);
  addWatch(
    campaigns,
    (answer) => `${stateOf(answer.campaignGroup?.state ?? 0)}\n${answer.progress ? showProgress(answer.progress) : ""}`,
  );
  campaigns
    .command("delete <group>")
    .description("remove a group that is not running; its attempts and their proofs stay")
    .option("-y, --yes", "do not ask", false)
    .action((group: string, { yes }: { yes: boolean }, command: Command) =>
      withPlatform(command, async (platform) => {
        const { id, name } = await campaignGroupOf(platform, group);
        await confirm(`Remove the campaign group ${name}?`, yes, "Nothing was removed.");
        await platform.client(CampaignGroupServiceDefinition).deleteCampaignGroup({ campaignGroupId: id });
        printDone(command, { deleted: id, name }, `Removed ${name}.`);
      }),
    );
}

/** Problems that a start would meet are shown now, while the author still has the text at hand. */
async function placeholderProblems(platform: Platform, group: CampaignGroup | undefined): Promise<string[]> {
  if (!group?.content) return [];
  const { contactListIds, content } = group;
  const asked = { contactListIds, content };
  const answer = await platform.client(CampaignGroupServiceDefinition).checkContent(asked);
  return answer.placeholderProblems.map(problemText);
}

async function readDefinition(file: string): Promise<CampaignGroup> {
  const text = await readFile(file, "utf8").catch(() => {
    throw new Failure(`There is no file ${file}.`);
  });
  try {
    const definition = definitionIn(JSON.parse(text) as JsonValue);
    await checkDefinition("herald.campaigns.v1.CampaignGroup", definition);
    return CampaignGroup.fromJSON(definition);
  } catch (error) {
    throw new Failure(
      `${file} is not a campaign group: ${(error as Error).message}`,
      "It is JSON as POST /v1/campaign-groups takes it; /openapi.json describes it.",
    );
  }
}

/** The group itself, or the answer of `herald campaigns show --json` around it. */
function definitionIn(json: JsonValue): JsonValue {
  if (typeof json !== "object" || json === null || Array.isArray(json)) throw new Error("It is no JSON object.");
  return json["campaignGroup"] ?? json;
}

const showProgress = (progress: Progress): string =>
  facts([
    ["due", progress.due],
    ["attempted", progress.attempted],
    ["not contacted", progress.refused === 0 ? 0 : `${progress.refused} (${counts(progress.refusedByReason)})`],
    ["waiting", progress.waiting],
    ["in flight", progress.inFlight],
    ["finished", progress.finished],
    ["unknown fate", progress.stale || undefined],
    ["attempts", `${progress.attempts} (${progress.attemptsLastMinute} in the last minute)`],
    ["results", counts(progress.attemptsByResult)],
    ["refusals", counts(progress.refusalsByReason)],
    ["left out", counts(progress.leftOutByReason)],
    ["duplicate devices", progress.duplicateDevices || undefined],
    ["to be planned anew", progress.chainsToPlan || undefined],
    ["next due", instant(progress.nextDueTime)],
    ...progress.stalls.map(
      ({ explanation, untilTime }) =>
        ["nothing moves", untilTime ? `${explanation} Until ${instant(untilTime)}.` : explanation] as const,
    ),
  ]);

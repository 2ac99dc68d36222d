/** The RPCs of CampaignGroupService. */
import { CampaignGroupState, type CampaignGroup } from "../../../gen/herald/campaigns/v1/campaign_group.ts";
import type { CampaignGroupServiceImplementation } from "../../../gen/herald/campaigns/v1/campaign_group_service.ts";
import type { Ctx, Handlers } from "../../lib/rpc/context.ts";
import { invalidField } from "../../lib/errors/errors.ts";
import { readEtag } from "../../lib/request/etag.ts";
import { readId, readOptionalId } from "../../lib/request/ids.ts";
import { masked } from "../../lib/request/mask.ts";
import { readPage } from "../../lib/request/page.ts";
import { type CommandDeps, giveCommand, type Order, removeGroup } from "./commands.ts";
import { fieldFixed, groupChanged } from "../errors.ts";
import { commonNames, namesOfLists, placeholderProblems } from "../messages/content-names.ts";
import type { Planner } from "../loading/plans/planner.ts";
import { type PreviewDeps, previewStart } from "../loading/previews/preview.ts";
import { checkTemplateChannel } from "../messages/read-content.ts";
import { checkGroup, type FaultOf, type GroupSettings } from "./group-checks.ts";
import { readHistory } from "../progress/history.ts";
import { sendTest, type TestMessageDeps } from "../messages/send-test.ts";
import { getGroup, groupOfRequest, insertGroup, listGroups, updateSettings } from "./group-store.ts";
import type { Group } from "./group-rows.ts";
import { Checks } from "../../lib/request/validate.ts";
import { type ProgressDeps, readProgress } from "../progress/progress.ts";
import { senderOf } from "../messages/sender-check.ts";
import { watchGroup } from "../progress/watch.ts";
import { previewContent, type PreviewContentDeps } from "../messages/preview-content.ts";

export interface CampaignGroupDeps extends CommandDeps, ProgressDeps, PreviewDeps, PreviewContentDeps, TestMessageDeps {
  planner: Planner;
  watchPaceMs: number;
  watchHeartbeatMs: number;
}

const SETTINGS = [
  "name",
  "description",
  "contactListIds",
  "channel",
  "content",
  "voice",
  "suppressionListIds",
  "ruleIds",
  "treatments",
  "messagesPerMinute",
  "allowDuplicates",
  "purpose",
  "programId",
  "providerId",
] as const satisfies readonly (keyof GroupSettings)[];
/** The fields from which the queue is made. They cannot be changed once it is loaded. */
const FIXED_ONCE_LOADED = ["contactListIds", "channel", "allowDuplicates", "programId"] as const;
const FIELD_NAMES = {
  contactListIds: "contact_list_ids",
  channel: "channel",
  allowDuplicates: "allow_duplicates",
  programId: "program_id",
};
const { CAMPAIGN_GROUP_STATE_NOT_LOADED: NOT_LOADED, CAMPAIGN_GROUP_STATE_RUNNING: RUNNING } = CampaignGroupState;

export const campaignGroupService = (deps: CampaignGroupDeps): Handlers<CampaignGroupServiceImplementation> => {
  const { db, checkReferences, changes, now, nudge, records, readTemplates } = deps;
  const command = async (order: Order, campaignGroupId: string, ctx: Ctx) => {
    const groupId = readId(campaignGroupId, "campaign_group_id");
    const { group, untoldServices } = await giveCommand(deps, order, ctx.tenantId, groupId, ctx);
    return { campaignGroup: group.shown, untoldServices };
  };
  const read = async (campaignGroupId: string, ctx: Ctx) => {
    const group = await getGroup(db.tenant(ctx.tenantId), campaignGroupId);
    return readProgress(deps, group, ctx, now());
  };

  return {
    async createCampaignGroup(req, ctx) {
      const given = required(req.campaignGroup);
      const content = await readTemplates(given.content, ctx);
      const settings = checkGroup(given, content.faultOf);
      checkTemplateChannel(content, settings.channel);
      const requestId = readOptionalId(req.requestId, "request_id");
      const scope = db.tenant(ctx.tenantId);
      const made = requestId && (await groupOfRequest(scope, requestId));
      if (made) return { campaignGroup: made.shown };
      await checkReferences(settings, ctx);
      if (settings.providerId !== "") await deps.checkSender(settings, ctx);
      const group = await insertGroup(scope, settings, requestId, now());
      return { campaignGroup: group.shown };
    },

    async getCampaignGroup(req, ctx) {
      return read(readId(req.campaignGroupId, "campaign_group_id"), ctx);
    },

    async listCampaignGroups(req, ctx) {
      const page = readPage(req, { usual: 50, most: 500 });
      const filter = {
        ...req,
        contactListId: readOptionalId(req.contactListId, "contact_list_id"),
        suppressionListId: readOptionalId(req.suppressionListId, "suppression_list_id"),
        messageTemplateId: readOptionalId(req.messageTemplateId, "message_template_id"),
      };
      const { items, nextPageToken } = await listGroups(db.tenant(ctx.tenantId), filter, page);
      return { campaignGroups: items.map((group) => group.shown), nextPageToken };
    },

    async updateCampaignGroup(req, ctx) {
      const change = masked(req.campaignGroup, req.updateMask, SETTINGS);
      const id = readId(change.id, "campaign_group.id");
      const before = await getGroup(db.tenant(ctx.tenantId), id);
      const { content = "channel" in change.set ? before.shown.content : undefined } = change.set;
      const newContent = await readTemplates(content, ctx);
      const { faultOf } = newContent;
      const settings = changedSettings(before, change, faultOf);
      checkTemplateChannel(newContent, settings.channel);
      await checkReferences(newReferences(before.shown, settings), ctx);
      if (before.shown.state === RUNNING) {
        if (JSON.stringify(settings.content) !== JSON.stringify(before.shown.content))
          await deps.checkContent(settings, ctx);
      }
      if (mayBeUnusable(before.shown, settings)) await deps.checkSender(settings, ctx);
      const group = await db.transaction(ctx.tenantId, async (tx) => {
        const current = await getGroup(tx, id, true);
        return updateSettings(tx, current, changedSettings(current, change, faultOf), now());
      });
      changes.happened({ tenantId: ctx.tenantId, groupId: id });
      nudge("sync");
      return { campaignGroup: group.shown };
    },

    async previewStart(req, ctx) {
      const id = readId(req.campaignGroupId, "campaign_group_id");
      const group = await getGroup(db.tenant(ctx.tenantId), id);
      return previewStart(deps, group, req.mode, ctx);
    },

    async getProgressHistory(req, ctx) {
      const groupId = readId(req.campaignGroupId, "campaign_group_id");
      const run = readRun(req.run);
      await getGroup(db.tenant(ctx.tenantId), groupId);
      return readHistory(db, { tenantId: ctx.tenantId, groupId }, run);
    },

    async sendTest(req, ctx) {
      const id = readId(req.campaignGroupId, "campaign_group_id");
      const group = await getGroup(db.tenant(ctx.tenantId), id);
      return { testMessage: await sendTest(deps, group, req, ctx) };
    },

    async checkContent(req, ctx) {
      const contactListIds = readListIds(req.contactListIds);
      const [names, read] = await Promise.all([
        namesOfLists(records, contactListIds, ctx),
        readTemplates(req.content, ctx),
      ]);
      return {
        placeholderProblems: placeholderProblems(read, names, req.channel),
        knownNames: commonNames(names, req.channel),
        preview: await previewContent(deps, req, read, ctx),
      };
    },

    async deleteCampaignGroup(req, ctx) {
      await removeGroup(deps, ctx.tenantId, readId(req.campaignGroupId, "campaign_group_id"));
      return {};
    },

    loadCampaignGroup: (req, ctx) => command({ command: "load", mode: req.mode }, req.campaignGroupId, ctx),
    startCampaignGroup: (req, ctx) => command({ command: "start", mode: req.mode }, req.campaignGroupId, ctx),
    pauseCampaignGroup: (req, ctx) => command({ command: "pause" }, req.campaignGroupId, ctx),
    resumeCampaignGroup: (req, ctx) => command({ command: "resume" }, req.campaignGroupId, ctx),
    stopCampaignGroup: (req, ctx) =>
      command({ command: "stop", reason: readReason(req.reason) }, req.campaignGroupId, ctx),

    async *watchCampaignGroup(req, ctx) {
      const groupId = readId(req.campaignGroupId, "campaign_group_id");
      yield* watchGroup({
        groupId,
        changes,
        read: () => read(groupId, ctx),
        paceMs: deps.watchPaceMs,
        heartbeatMs: deps.watchHeartbeatMs,
        signal: ctx.signal,
      });
    },
  };
};

function readListIds(ids: readonly string[]): string[] {
  const check = new Checks();
  check.count("contact_list_ids", ids, { most: 50 });
  const read = ids.map((id, i) => check.id(`contact_list_ids[${i}]`, id));
  check.done();
  return read;
}

function readRun(run: number): number {
  const check = new Checks();
  check.int("run", run, { least: 0, most: 2_147_483_647 });
  check.done();
  return run;
}

function readReason(reason: string): string {
  const check = new Checks();
  const read = check.text("reason", reason, { least: 0, most: 500 });
  check.done();
  return read;
}

function required(group: CampaignGroup | undefined): CampaignGroup {
  if (!group) throw invalidField("campaign_group", "Required.");
  return group;
}

/** Gives the settings after the change, checked as a whole. Refuses a stale etag, and changes that the group's state does not allow. */
function changedSettings(
  before: Group,
  change: ReturnType<typeof masked<CampaignGroup, (typeof SETTINGS)[number]>>,
  faultOf: FaultOf,
): GroupSettings {
  const { shown, version } = before;
  const expected = readEtag(change.etag, "campaign_group.etag");
  if (expected !== undefined && expected !== version) throw groupChanged(shown.id);
  const settings = checkGroup({ ...shown, ...change.set }, faultOf);
  if (shown.state !== NOT_LOADED) {
    const fixed = FIXED_ONCE_LOADED.find((field) => JSON.stringify(settings[field]) !== JSON.stringify(shown[field]));
    if (fixed) throw fieldFixed(FIELD_NAMES[fixed], shown.state, [NOT_LOADED]);
  }
  return settings;
}

/** Another provider; or, while the group runs, another sender. */
const mayBeUnusable = (before: CampaignGroup, after: GroupSettings): boolean =>
  (after.providerId !== "" && after.providerId !== before.providerId) ||
  (before.state === RUNNING && senderOf(after).sender !== senderOf(before).sender);

/** The lists and rules that the change adds. */
function newReferences(before: CampaignGroup, after: GroupSettings) {
  const added = (field: "contactListIds" | "suppressionListIds" | "ruleIds") =>
    after[field].filter((id) => !before[field].includes(id));
  return {
    contactListIds: added("contactListIds"),
    suppressionListIds: added("suppressionListIds"),
    ruleIds: added("ruleIds"),
  };
}

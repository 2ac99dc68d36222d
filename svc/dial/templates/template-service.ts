/** The RPCs of MessageTemplateService. */
import type { CampaignGroupServiceDefinition } from "../../../gen/herald/campaigns/v1/campaign_group_service.ts";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { type MessageTemplateContent, MessageTemplatePreview } from "../../../gen/herald/dial/v1/message_template.ts";
import type {
  MessageTemplateServiceImplementation,
  PreviewMessageTemplateRequest,
} from "../../../gen/herald/dial/v1/message_template_service.ts";
import type { Calls } from "../../lib/client/client.ts";
import type { FairSlots } from "../../lib/async/fair-slots.ts";
import type { RegionLookup } from "../../lib/devices/written.ts";
import { invalidField } from "../../lib/errors/errors.ts";
import type { TenantQueryable } from "../../lib/postgres/db.ts";
import { readEtag } from "../../lib/request/etag.ts";
import { newId, readId, readOptionalId } from "../../lib/request/ids.ts";
import { masked } from "../../lib/request/mask.ts";
import { readPage } from "../../lib/request/page.ts";
import { Checks } from "../../lib/request/validate.ts";
import type { Ctx, Handlers } from "../../lib/rpc/context.ts";
import type { Renderer } from "../rendering/renderer.ts";
import type { SendTestDeps } from "../test-messages/send-test.ts";
import { renewTemplate } from "../sessions/session-store.ts";
import { withLink } from "../unsubscribes/links.ts";
import { chosenValues, withExamples } from "./chosen-values.ts";
import { checkContent, checkFaults } from "./template-checks.ts";
import { previewTemplate } from "./template-preview.ts";
import { readTemplate } from "./template-reading.ts";
import {
  deleteTemplate,
  getTemplate,
  getVersion,
  insertTemplate,
  listTemplates,
  listVersions,
  publishTemplate,
  type TemplateChange,
  updateTemplate,
} from "./template-store.ts";
import { listUses, refuseWhileUsed } from "./template-uses.ts";
import { readDevices, testTemplate } from "./test-template.ts";

export interface MessageTemplateDeps {
  groups: Calls<typeof CampaignGroupServiceDefinition>;
  testing: SendTestDeps;
  renderer: Renderer;
  /** Owners are tenants. */
  previews: FairSlots;
  regionOf: (ctx: Ctx) => RegionLookup;
}

/** As in the contract. */
const LONGEST_QUERY = 120;
const PAGES = { usual: 50, most: 500 };
const FIELDS = ["name", "description", "draft"] as const;

export const messageTemplateService = ({
  groups,
  testing,
  renderer,
  previews,
  regionOf,
}: MessageTemplateDeps): Handlers<MessageTemplateServiceImplementation> => {
  const { db, now, records } = testing;

  /** The content in the form in which it is stored; throws an error with all violations. */
  async function readContent(
    check: Checks,
    field: string,
    content: MessageTemplateContent | undefined,
    channel: Channel,
    ctx: Ctx,
  ): Promise<MessageTemplateContent> {
    const checked = checkContent(check, field, content, channel);
    // What is too long is not parsed.
    if (checked && check.violations.length === 0)
      checkFaults(check, field, checked, (await readTemplate(renderer, ctx, checked)).faults);
    check.done();
    return checked as MessageTemplateContent;
  }

  /** The draft or a version of a template, with its channel. */
  async function storedContent(scope: TenantQueryable, templateId: string, version: number) {
    const { channel, draft } = await getTemplate(scope, readId(templateId, "message_template_id"));
    if (version === 0) return { channel, content: draft as MessageTemplateContent };
    const { content } = await getVersion(scope, templateId.toLowerCase(), version);
    return { channel, content: content as MessageTemplateContent };
  }

  /** The content that somebody is writing, or else what is stored. */
  async function shownContent(req: PreviewMessageTemplateRequest, ctx: Ctx) {
    const isStored = req.messageTemplateId !== "";
    if (!isStored && !req.content)
      throw invalidField("message_template_id", "Required, unless there is a content to show.");
    const scope = db.tenant(ctx.tenantId);
    if (!req.content) return storedContent(scope, req.messageTemplateId, req.version);
    const id = isStored ? readId(req.messageTemplateId, "message_template_id") : undefined;
    const channel = id === undefined ? req.channel : (await getTemplate(scope, id)).channel;
    const check = new Checks();
    checkChannel(check, "channel", channel);
    const content = checkContent(check, "content", req.content, channel);
    check.done();
    return { channel, content: content as MessageTemplateContent };
  }

  async function preview(req: PreviewMessageTemplateRequest, ctx: Ctx): Promise<MessageTemplatePreview> {
    const { content, channel } = await shownContent(req, ctx);
    const { faults, names } = await readTemplate(renderer, ctx, content);
    if (faults.length > 0) return { ...NO_PREVIEW, faults };
    const { scope } = await chosenValues(records, req, ctx);
    const filled = req.fillExamples ? withExamples(scope, names) : scope;
    const spoken = req.language === "" ? filled : { ...filled, [content.languageField || "language"]: req.language };
    const link = channel === Channel.CHANNEL_EMAIL ? await testing.links.example(ctx.tenantId) : "";
    return previewTemplate(renderer, ctx, { content, channel, scope: withLink(spoken, link) });
  }

  return {
    async createMessageTemplate({ messageTemplate: given, requestId }, ctx) {
      const check = new Checks();
      check.that(given !== undefined, "message_template", "Required.");
      const name = check.name("message_template.name", given?.name);
      const description = readDescription(check, given?.description);
      const channel = given?.channel ?? Channel.CHANNEL_UNSPECIFIED;
      checkChannel(check, "message_template.channel", channel);
      const draft = await readContent(check, "message_template.draft", given?.draft, channel, ctx);
      const made = { requestId: readOptionalId(requestId, "request_id") ?? newId(), name, description, channel, draft };
      return { messageTemplate: await insertTemplate(db, ctx.tenantId, made, now()) };
    },

    async getMessageTemplate({ messageTemplateId }, ctx) {
      const id = readId(messageTemplateId, "message_template_id");
      return { messageTemplate: await getTemplate(db.tenant(ctx.tenantId), id) };
    },

    async listMessageTemplates(req, ctx) {
      const check = new Checks();
      check.text("query", req.query, { least: 0, most: LONGEST_QUERY });
      check.done();
      const { items, nextPageToken } = await listTemplates(db.tenant(ctx.tenantId), req, readPage(req, PAGES));
      return { messageTemplates: items, nextPageToken };
    },

    async updateMessageTemplate({ messageTemplate: given, updateMask }, ctx) {
      const id = readId(given?.id, "message_template.id");
      const scope = db.tenant(ctx.tenantId);
      const { etag, set } = masked(given, updateMask, FIELDS);
      const key = { id, version: readEtag(etag, "message_template.etag") };
      const { channel } = await getTemplate(scope, id);
      const check = new Checks();
      const change: TemplateChange = {
        name: "name" in set ? check.name("message_template.name", set.name) : undefined,
        description: "description" in set ? readDescription(check, set.description) : undefined,
      };
      const draft = "draft" in set && (await readContent(check, "message_template.draft", set.draft, channel, ctx));
      check.done();
      return { messageTemplate: await updateTemplate(scope, key, { ...change, ...(draft && { draft }) }, now()) };
    },

    async deleteMessageTemplate({ messageTemplateId }, ctx) {
      const id = readId(messageTemplateId, "message_template_id");
      const scope = db.tenant(ctx.tenantId);
      await getTemplate(scope, id);
      await refuseWhileUsed(groups, id, ctx);
      await deleteTemplate(scope, id);
      return {};
    },

    async listMessageTemplateUses(req, ctx) {
      const id = readId(req.messageTemplateId, "message_template_id");
      await getTemplate(db.tenant(ctx.tenantId), id);
      return listUses(groups, id, req, ctx);
    },

    async cloneMessageTemplate(req, ctx) {
      const id = readId(req.messageTemplateId, "message_template_id");
      const { description, channel, draft } = await getTemplate(db.tenant(ctx.tenantId), id);
      const check = new Checks();
      const name = check.name("name", req.name);
      check.done();
      const requestId = readOptionalId(req.requestId, "request_id") ?? newId();
      const made = { requestId, name, description, channel, draft: draft as MessageTemplateContent };
      return { messageTemplate: await insertTemplate(db, ctx.tenantId, made, now()) };
    },

    async publishMessageTemplate(req, ctx) {
      const key = { id: readId(req.messageTemplateId, "message_template_id"), version: readEtag(req.etag) };
      const check = new Checks();
      const note = check.text("note", req.note, { least: 0, most: 500, lines: true });
      check.done();
      return db.transaction(ctx.tenantId, async (tx) => {
        const messageTemplate = await publishTemplate(tx, key, { note, publishedBy: ctx.caller.id }, now());
        await renewTemplate(tx, key.id);
        return { messageTemplate, version: await getVersion(tx, key.id, messageTemplate.publishedVersion) };
      });
    },

    async listMessageTemplateVersions(req, ctx) {
      const id = readId(req.messageTemplateId, "message_template_id");
      const scope = db.tenant(ctx.tenantId);
      const page = readPage(req, PAGES);
      await getTemplate(scope, id);
      const { items, nextPageToken } = await listVersions(scope, id, page);
      return { versions: items, nextPageToken };
    },

    async getMessageTemplateVersion({ messageTemplateId, version }, ctx) {
      const id = readId(messageTemplateId, "message_template_id");
      const scope = db.tenant(ctx.tenantId);
      await getTemplate(scope, id);
      return { version: await getVersion(scope, id, version) };
    },

    async restoreMessageTemplateVersion(req, ctx) {
      const key = { id: readId(req.messageTemplateId, "message_template_id"), version: readEtag(req.etag) };
      return db.transaction(ctx.tenantId, async (tx) => {
        await getTemplate(tx, key.id);
        const { content } = await getVersion(tx, key.id, req.version);
        return { messageTemplate: await updateTemplate(tx, key, { draft: content }, now()) };
      });
    },

    previewMessageTemplate: (req, ctx) =>
      previews.run({ owner: ctx.tenantId, signal: ctx.signal }, async () => ({ preview: await preview(req, ctx) })),

    async sendTestMessages(req, ctx) {
      const { channel, content } = await storedContent(db.tenant(ctx.tenantId), req.messageTemplateId, req.version);
      const requestId = readOptionalId(req.requestId, "request_id") ?? newId();
      const region = regionOf(ctx);
      const devices = await readDevices(req, channel, region);
      const { record, scope } = await chosenValues(records, req, ctx);
      const { names } = await readTemplate(renderer, ctx, content);
      const chosen = { record, scope: req.recordId === "" ? withExamples(scope, names) : scope };
      // An address counts as being in the tenant's country. If the country cannot be found out, the address has no place and no contact window.
      const country = channel === Channel.CHANNEL_EMAIL ? await region().catch(() => "") : "";
      const tested = { content, channel, chosen, requestId, requestedBy: ctx.caller.id };
      return { testMessages: await testTemplate(testing, req, devices, tested, country, ctx) };
    },
  };
};

const NO_PREVIEW = MessageTemplatePreview.fromPartial({});

const readDescription = (check: Checks, description: string | undefined): string =>
  check.text("message_template.description", description, { least: 0, most: 500, lines: true });

const checkChannel = (check: Checks, field: string, channel: Channel): void =>
  check.that(
    channel === Channel.CHANNEL_SMS || channel === Channel.CHANNEL_EMAIL,
    field,
    "Must be CHANNEL_SMS or CHANNEL_EMAIL.",
  );

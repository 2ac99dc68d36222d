/** `herald templates`: messages in several languages, with drafts and versions. */
import { readFile } from "node:fs/promises";
import type { JsonValue } from "@bufbuild/protobuf";
import type { Command } from "commander";
import { Channel } from "../../gen/herald/common/v1/channel.ts";
import {
  MessageTemplate,
  type MessageTemplateContent,
  MessageTemplateState,
} from "../../gen/herald/dial/v1/message_template.ts";
import {
  CloneMessageTemplateResponse,
  CreateMessageTemplateResponse,
  GetMessageTemplateResponse,
  ListMessageTemplatesResponse,
  ListMessageTemplateUsesResponse,
  ListMessageTemplateVersionsResponse,
  MessageTemplateServiceDefinition,
  PublishMessageTemplateResponse,
  RestoreMessageTemplateVersionResponse,
  UpdateMessageTemplateResponse,
} from "../../gen/herald/dial/v1/message_template_service.ts";
import { newId } from "../../svc/lib/request/ids.ts";
import { readLimit } from "../arguments.ts";
import { withPlatform } from "../connection.ts";
import { checkDefinition } from "../definition.ts";
import { Failure } from "../failure.ts";
import { messageTemplateOf } from "../find.ts";
import { confirm, facts, instant, print, printDone, table, word } from "../output.ts";
import { addTemplateTrials } from "./template-trials.ts";

const stateOf = ({ state, hasUnpublishedChanges, publishedVersion }: MessageTemplate): string =>
  state === MessageTemplateState.MESSAGE_TEMPLATE_STATE_PUBLISHED
    ? `version ${publishedVersion}${hasUnpublishedChanges ? ", with unpublished changes" : ""}`
    : "draft";
const channelOf = (channel: Channel): string =>
  word(Object.entries(Channel).find(([, value]) => value === channel)?.[0] ?? "", "CHANNEL");

export function templateCommands(program: Command): void {
  const templates = program.command("templates").description("messages in several languages, with versions");
  addReading(templates);
  addWriting(templates);
  addVersions(templates);
  addTemplateTrials(templates);
}

function addReading(templates: Command): void {
  templates
    .command("ls")
    .description("show the templates, newest first")
    .option("-q, --query <text>", "only templates whose name contains this", "")
    .option("-n, --limit <count>", "templates to show", readLimit, 50)
    .action(({ query, limit }: { query: string; limit: number }, command: Command) =>
      withPlatform(command, async (platform) => {
        const answer = await platform
          .client(MessageTemplateServiceDefinition)
          .listMessageTemplates({ query, pageSize: limit });
        print(command, ListMessageTemplatesResponse, answer, (page) =>
          table(
            ["ID", "NAME", "CHANNEL", "LANGUAGES", "STATE", "UPDATED"],
            page.messageTemplates.map((one) => [
              one.id,
              one.name,
              channelOf(one.channel),
              languagesOf(one.draft),
              stateOf(one),
              instant(one.updateTime),
            ]),
            "There are no message templates yet. `herald templates create FILE` makes one.",
          ),
        );
      }),
    );
  templates
    .command("show <template>")
    .description("show one template with its draft, by id or name")
    .action((template: string, _: object, command: Command) =>
      withPlatform(command, async (platform) => {
        const { id } = await messageTemplateOf(platform, template);
        const answer = await platform
          .client(MessageTemplateServiceDefinition)
          .getMessageTemplate({ messageTemplateId: id });
        print(command, GetMessageTemplateResponse, answer, ({ messageTemplate }) =>
          messageTemplate ? showTemplate(messageTemplate) : "",
        );
      }),
    );
  templates
    .command("uses <template>")
    .description("show the campaigns that use a template")
    .action((template: string, _: object, command: Command) =>
      withPlatform(command, async (platform) => {
        const { id } = await messageTemplateOf(platform, template);
        const answer = await platform
          .client(MessageTemplateServiceDefinition)
          .listMessageTemplateUses({ messageTemplateId: id, pageSize: 500 });
        print(command, ListMessageTemplateUsesResponse, answer, ({ uses }) =>
          table(
            ["ID", "CAMPAIGN", "VERSION"],
            uses.map((use) => [use.campaignGroupId, use.campaignGroupName, use.version === 0 ? "newest" : use.version]),
            "No campaign uses it.",
          ),
        );
      }),
    );
}

function addWriting(templates: Command): void {
  templates
    .command("create <file>")
    .description(
      "make a template from its definition: a JSON file with the fields of MessageTemplate, or what `show --json` printed",
    )
    .action((file: string, _: object, command: Command) =>
      withPlatform(command, async (platform) => {
        const request = { messageTemplate: await readTemplateFile(file), requestId: newId() };
        const answer = await platform.client(MessageTemplateServiceDefinition).createMessageTemplate(request);
        print(
          command,
          CreateMessageTemplateResponse,
          answer,
          ({ messageTemplate }) =>
            `Made the template ${messageTemplate?.name} (${messageTemplate?.id}). It can be used when it is published.`,
        );
      }),
    );
  templates
    .command("update <template> <file>")
    .description("change the fields that the file holds; what was published stays")
    .action((template: string, file: string, _: object, command: Command) =>
      withPlatform(command, async (platform) => {
        const { id } = await messageTemplateOf(platform, template);
        const { name, description, draft } = await readTemplateFile(file);
        const messageTemplate = { id, name, description, ...(draft && { draft }) };
        const answer = await platform
          .client(MessageTemplateServiceDefinition)
          .updateMessageTemplate({ messageTemplate });
        print(command, UpdateMessageTemplateResponse, answer, ({ messageTemplate: now }) =>
          now ? showTemplate(now) : "",
        );
      }),
    );
  templates
    .command("clone <template> <name>")
    .description("make a template with the draft of another one")
    .action((template: string, name: string, _: object, command: Command) =>
      withPlatform(command, async (platform) => {
        const { id } = await messageTemplateOf(platform, template);
        const request = { messageTemplateId: id, name, requestId: newId() };
        const answer = await platform.client(MessageTemplateServiceDefinition).cloneMessageTemplate(request);
        print(
          command,
          CloneMessageTemplateResponse,
          answer,
          ({ messageTemplate }) => `Made the template ${messageTemplate?.name} (${messageTemplate?.id}).`,
        );
      }),
    );
  templates
    .command("delete <template>")
    .description("remove a template that no campaign uses, with its versions")
    .option("-y, --yes", "do not ask", false)
    .action((template: string, { yes }: { yes: boolean }, command: Command) =>
      withPlatform(command, async (platform) => {
        const { id, name } = await messageTemplateOf(platform, template);
        await confirm(`Remove the template ${name} with its versions?`, yes, "Nothing was removed.");
        await platform.client(MessageTemplateServiceDefinition).deleteMessageTemplate({ messageTemplateId: id });
        printDone(command, { deleted: id, name }, `Removed ${name}.`);
      }),
    );
}

function addVersions(templates: Command): void {
  templates
    .command("publish <template>")
    .description("make a version of the draft; campaigns that run send it from then on")
    .option("--note <text>", "what is new", "")
    .action((template: string, { note }: { note: string }, command: Command) =>
      withPlatform(command, async (platform) => {
        const { id, etag } = await messageTemplateOf(platform, template);
        const answer = await platform
          .client(MessageTemplateServiceDefinition)
          .publishMessageTemplate({ messageTemplateId: id, etag, note });
        print(
          command,
          PublishMessageTemplateResponse,
          answer,
          ({ messageTemplate, version }) => `${messageTemplate?.name} is published as version ${version?.version}.`,
        );
      }),
    );
  templates
    .command("versions <template>")
    .description("show what was published, when and by whom, newest first")
    .option("-n, --limit <count>", "versions to show", readLimit, 50)
    .action((template: string, { limit }: { limit: number }, command: Command) =>
      withPlatform(command, async (platform) => {
        const { id } = await messageTemplateOf(platform, template);
        const answer = await platform
          .client(MessageTemplateServiceDefinition)
          .listMessageTemplateVersions({ messageTemplateId: id, pageSize: limit });
        print(command, ListMessageTemplateVersionsResponse, answer, ({ versions }) =>
          table(
            ["VERSION", "PUBLISHED", "BY", "LANGUAGES", "NOTE"],
            versions.map((one) => [
              one.version,
              instant(one.publishTime),
              one.publishedBy,
              languagesOf(one.content),
              one.note,
            ]),
            "It was never published.",
          ),
        );
      }),
    );
  templates
    .command("restore <template> <version>")
    .description("make an earlier version the draft again")
    .action((template: string, version: string, _: object, command: Command) =>
      withPlatform(command, async (platform) => {
        const { id, etag } = await messageTemplateOf(platform, template);
        const answer = await platform
          .client(MessageTemplateServiceDefinition)
          .restoreMessageTemplateVersion({ messageTemplateId: id, version: readLimit(version), etag });
        print(
          command,
          RestoreMessageTemplateVersionResponse,
          answer,
          ({ messageTemplate }) =>
            `The draft of ${messageTemplate?.name} is that of version ${version}. \`herald templates publish\` publishes it.`,
        );
      }),
    );
}

const languagesOf = (content: MessageTemplateContent | undefined): string =>
  (content?.variants ?? []).map(({ language }) => language || "one").join(" ");

const showTemplate = (template: MessageTemplate): string =>
  [
    facts([
      ["template", template.name],
      ["id", template.id],
      ["channel", channelOf(template.channel)],
      ["state", stateOf(template)],
      ["about", template.description || undefined],
    ]),
    ...(template.draft?.variants ?? []).map(({ language, subject, text, html }) =>
      facts([
        ["language", language || "one"],
        ["subject", subject || undefined],
        ["text", text || undefined],
        ["html", html === "" ? undefined : `${html.length} characters`],
      ]),
    ),
  ].join("\n\n");

async function readTemplateFile(file: string): Promise<MessageTemplate> {
  const text = await readFile(file, "utf8").catch(() => {
    throw new Failure(`There is no file ${file}.`);
  });
  try {
    const json = JSON.parse(text) as JsonValue;
    if (typeof json !== "object" || json === null || Array.isArray(json)) throw new Error("It is no JSON object.");
    const definition = json["messageTemplate"] ?? json;
    await checkDefinition("herald.dial.v1.MessageTemplate", definition);
    return MessageTemplate.fromJSON(definition);
  } catch (error) {
    throw new Failure(
      `${file} is not a message template: ${(error as Error).message}`,
      "It is JSON as POST /v1/message-templates takes it; /openapi.json describes it.",
    );
  }
}

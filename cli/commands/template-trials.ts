/** `herald templates preview` and `test`: what a template makes of a record, before it is sent to many. */
import type { Command } from "commander";
import {
  type EmailDetails,
  type MessageTemplatePreview,
  SmsAlphabet,
  type SmsDetails,
} from "../../gen/herald/dial/v1/message_template.ts";
import {
  MessageTemplateServiceDefinition,
  PreviewMessageTemplateResponse,
  SendTestMessagesResponse,
} from "../../gen/herald/dial/v1/message_template_service.ts";
import { newId } from "../../svc/lib/request/ids.ts";
import { readLimit } from "../arguments.ts";
import { type Platform, withPlatform } from "../connection.ts";
import { exitCode } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import { contactListOf, messageTemplateOf } from "../find.ts";
import { facts, print } from "../output.ts";
import { codeOf, readValue, showTest } from "./send-test.ts";

interface FillOptions {
  published: number;
  list?: string;
  record?: string;
  value: Record<string, string>;
}

/** The provider gets its time to answer. */
const ANSWER_MS = 30_000;

const withFilling = (command: Command): Command =>
  command
    .option("--published <version>", "a published version; without it the draft", readLimit, 0)
    .option("--list <list>", "with --record: its contact list, by id or name")
    .option("--record <id>", "fill the message with the values of this record")
    .option("--value <name=value>", "fill a placeholder with this; may be given several times", readValue, {});

export function addTemplateTrials(templates: Command): void {
  withFilling(
    templates
      .command("preview <template>")
      .description("show the message that one person would get, its parts and price, and what is missing"),
  )
    .option("--language <language>", "the variant to show; without it that of the record", "")
    .option("--examples", "fill what is given nowhere with examples", false)
    .action((template: string, options: FillOptions & { language: string; examples: boolean }, command: Command) =>
      withPlatform(command, async (platform) => {
        const asked = await fillingOf(platform, template, options);
        const answer = await platform
          .client(MessageTemplateServiceDefinition)
          .previewMessageTemplate({ ...asked, language: options.language, fillExamples: options.examples });
        print(command, PreviewMessageTemplateResponse, answer, ({ preview }) => (preview ? showPreview(preview) : ""));
        if (answer.preview?.refusal || answer.preview?.faults.length) process.exitCode = exitCode.checkRefused;
      }),
    );
  withFilling(
    templates
      .command("test <template> <devices...>")
      .description("send the message to one to five numbers or addresses of your own"),
  )
    .option("--from <sender>", "the sender; without it the provider's default", "")
    .action((template: string, devices: string[], options: FillOptions & { from: string }, command: Command) =>
      withPlatform(command, async (platform) => {
        const asked = await fillingOf(platform, template, options);
        const answer = await platform
          .client(MessageTemplateServiceDefinition)
          .sendTestMessages(
            { ...asked, contactInfos: devices, from: options.from, requestId: newId() },
            { timeoutMs: ANSWER_MS },
          );
        print(command, SendTestMessagesResponse, answer, ({ testMessages }) => testMessages.map(showTest).join("\n\n"));
        process.exitCode = Math.max(...answer.testMessages.map(({ state }) => codeOf(state)));
      }),
    );
}

async function fillingOf(platform: Platform, template: string, { published, list, record, value }: FillOptions) {
  if ((list === undefined) !== (record === undefined)) throw new Failure("--list and --record go together.");
  const { id } = await messageTemplateOf(platform, template);
  const contactListId = list === undefined ? "" : (await contactListOf(platform, list)).id;
  return { messageTemplateId: id, version: published, contactListId, recordId: record ?? "", values: value };
}

const showPreview = (preview: MessageTemplatePreview): string =>
  [
    ...preview.faults.map(
      ({ language, field, line, column, explanation }) =>
        `${[language, field].filter(Boolean).join(" ")}, line ${line}, column ${column}: ${explanation}`,
    ),
    facts([
      ["not sent", preview.refusal || undefined],
      ["language", preview.language || undefined],
      ["subject", preview.subject || undefined],
      ["text", preview.text || undefined],
      ["html", preview.html === "" ? undefined : `${preview.html.length} characters`],
      ["missing", preview.missingValues.map(({ name }) => name).join(", ") || undefined],
      ...(preview.sms ? smsFacts(preview.sms) : []),
    ]),
    ...(preview.email ? warningsOf(preview.email) : []),
  ]
    .filter(Boolean)
    .join("\n");

const smsFacts = ({ alphabet, partCount, unicodeCharacters, price }: SmsDetails): [string, string | undefined][] => [
  ["alphabet", alphabet === SmsAlphabet.SMS_ALPHABET_GSM ? "GSM 7-bit" : `UCS-2, for ${unicodeCharacters.join(" ")}`],
  ["parts", String(partCount)],
  ["price", price && `${price.amount} ${price.currency}`],
];

const warningsOf = ({ warnings }: EmailDetails): string[] =>
  warnings.map(({ explanation, count }) => `warning: ${explanation}${count > 1 ? ` (${count} times)` : ""}`);

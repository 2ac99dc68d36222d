/** `herald campaigns test`: one message of a group to whoever asks for it. */
import { type Command, InvalidArgumentError } from "commander";
import {
  CampaignGroupServiceDefinition,
  SendTestResponse,
} from "../../gen/herald/campaigns/v1/campaign_group_service.ts";
import { type TestMessage, TestMessageState } from "../../gen/herald/campaigns/v1/test_message.ts";
import { newId } from "../../svc/lib/request/ids.ts";
import { withPlatform } from "../connection.ts";
import { exitCode } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import { campaignGroupOf, contactListOf } from "../find.ts";
import { facts, instant, print } from "../output.ts";

interface TestOptions {
  list?: string;
  record?: string;
  value: Record<string, string>;
}

/** The provider gets its time to answer. */
const ANSWER_MS = 30_000;
const WORDS: Readonly<Partial<Record<TestMessageState, string>>> = {
  [TestMessageState.TEST_MESSAGE_STATE_ACCEPTED]: "accepted by the provider",
  [TestMessageState.TEST_MESSAGE_STATE_REFUSED]: "refused",
  [TestMessageState.TEST_MESSAGE_STATE_FAILED]: "not sent",
};

export function addSendTest(campaigns: Command): void {
  campaigns
    .command("test <group> <device>")
    .description("send one message of a group to a number or address, as its recipients will see it")
    .option("--list <list>", "with --record: its contact list, by id or name")
    .option("--record <id>", "fill the message with the values of this record")
    .option("--value <name=value>", "fill a placeholder with this; may be given several times", readValue, {})
    .addHelpText(
      "after",
      `\nWhoever is suppressed gets no test either, and the hours of a number hold for it. Ends with 0 where the provider took it, with ${exitCode.checkRefused} where it may not be sent there now, with ${exitCode.failed} where it could not be sent.`,
    )
    .action((group: string, device: string, options: TestOptions, command: Command) =>
      withPlatform(command, async (platform) => {
        if ((options.list === undefined) !== (options.record === undefined))
          throw new Failure("--list and --record go together.");
        const { id } = await campaignGroupOf(platform, group);
        const contactListId = options.list === undefined ? "" : (await contactListOf(platform, options.list)).id;
        const request = {
          campaignGroupId: id,
          contactInfo: device,
          requestId: newId(),
          contactListId,
          recordId: options.record ?? "",
          sampleValues: options.value,
        };
        const answer = await platform
          .client(CampaignGroupServiceDefinition)
          .sendTest(request, { timeoutMs: ANSWER_MS });
        print(command, SendTestResponse, answer, ({ testMessage }) => (testMessage ? showTest(testMessage) : ""));
        process.exitCode = codeOf(answer.testMessage?.state);
      }),
    );
}

export const showTest = ({ state, reason, explanation, contactInfo, earliestTime, attemptId }: TestMessage): string =>
  facts([
    ["test", WORDS[state] ?? "of unknown fate"],
    ["to", contactInfo],
    ["reason", reason || undefined],
    ["because", explanation],
    ["not before", instant(earliestTime)],
    ["proof", attemptId === "" ? undefined : `herald explain ${attemptId}`],
  ]);

export function codeOf(state: TestMessageState | undefined): number {
  if (state === TestMessageState.TEST_MESSAGE_STATE_ACCEPTED) return exitCode.done;
  return state === TestMessageState.TEST_MESSAGE_STATE_REFUSED ? exitCode.checkRefused : exitCode.failed;
}

export function readValue(text: string, before: Record<string, string>): Record<string, string> {
  const at = text.indexOf("=");
  if (at < 1) throw new InvalidArgumentError('It is name=value, such as "first_name=Ann".');
  return { ...before, [text.slice(0, at)]: text.slice(at + 1) };
}

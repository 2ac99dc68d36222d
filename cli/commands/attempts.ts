/** `herald check`, `herald explain` and `herald attempts`: whether an attempt may be made, and why one was made or refused. */
import { type Command, Option } from "commander";
import { Channel, channelToJSON } from "../../gen/herald/common/v1/channel.ts";
import { type Outcome, callResultToJSON, deliveryStateToJSON } from "../../gen/herald/common/v1/outcome.ts";
import { type RuleVerdict, Verdict } from "../../gen/herald/compliance/v1/decision.ts";
import {
  AttemptCheckServiceDefinition,
  CheckAttemptResponse,
  ExplainAttemptResponse,
} from "../../gen/herald/compliance/v1/attempt_check_service.ts";
import { AttemptState } from "../../gen/herald/dial/v1/attempt.ts";
import { AttemptServiceDefinition, ListAttemptsResponse } from "../../gen/herald/dial/v1/attempt_service.ts";
import { readLimit } from "../arguments.ts";
import { withPlatform } from "../connection.ts";
import { exitCode } from "../exit-codes.ts";
import { campaignGroupOf } from "../find.ts";
import { facts, instant, print, table, word } from "../output.ts";

const CHANNELS = { voice: Channel.CHANNEL_VOICE, sms: Channel.CHANNEL_SMS, email: Channel.CHANNEL_EMAIL } as const;

interface AttemptsOptions {
  group?: string;
  device?: string;
  result?: string;
  limit: number;
}

export function attemptCommands(program: Command): void {
  addCheck(program);
  addExplain(program);
  program
    .command("attempts")
    .description("show attempts, made and refused, newest first")
    .option("-g, --group <group>", "only of this campaign group, by id or name")
    .option("--device <device>", "only on this device", "")
    .option("--result <result>", "only those with this result or refusal: delivered, no_answer, outside_window", "")
    .option("-n, --limit <count>", "attempts to show", readLimit, 50)
    .action(({ group, device = "", result = "", limit }: AttemptsOptions, command: Command) =>
      withPlatform(command, async (platform) => {
        const campaignGroupId = group ? (await campaignGroupOf(platform, group)).id : "";
        const request = { campaignGroupId, contactInfo: device, result, pageSize: limit };
        const answer = await platform.client(AttemptServiceDefinition).listAttempts(request);
        print(command, ListAttemptsResponse, answer, ({ attempts }) =>
          table(
            ["ID", "CHANNEL", "DEVICE", "STATE", "RESULT", "AT"],
            attempts.map((attempt) => [
              attempt.id,
              word(channelToJSON(attempt.channel), "CHANNEL"),
              attempt.contactInfo,
              `${attempt.test ? "test, " : ""}${word(
                Object.entries(AttemptState).find(([, value]) => value === attempt.state)?.[0] ?? "",
                "ATTEMPT_STATE",
              )}`,
              attempt.refusalReason || outcomeWord(attempt.outcome),
              instant(attempt.createTime),
            ]),
            "No attempt fits.",
          ),
        );
      }),
    );
}

function addCheck(program: Command): void {
  program
    .command("check <device>")
    .description("say whether a number or email address may be contacted now, and if not why and when")
    .addOption(new Option("-c, --channel <channel>", "the way").choices(Object.keys(CHANNELS)))
    .option("--client-id <id>", "your key of the customer", "")
    .addHelpText(
      "after",
      `\nEnds with 0 where the attempt may be made, with ${exitCode.checkRefused} where it may not.`,
    )
    .action(
      (
        device: string,
        { channel, clientId }: { channel?: keyof typeof CHANNELS; clientId: string },
        command: Command,
      ) =>
        withPlatform(command, async (platform) => {
          const way = channel ?? (device.includes("@") ? "email" : "voice");
          const check = { channel: CHANNELS[way], contactInfo: device, clientId };
          const answer = await platform.client(AttemptCheckServiceDefinition).checkAttempt({ check });
          print(command, CheckAttemptResponse, answer, ({ decision }) =>
            facts([
              [
                "verdict",
                decision?.verdict === Verdict.VERDICT_ALLOWED ? `${way} is allowed now` : `${way} is refused`,
              ],
              ["rule", decision?.ruleName],
              ["because", decision?.explanation],
              ["not before", instant(decision?.earliestTime)],
              ["zones", decision?.zones.join(" ")],
              ["proof", decision && `herald explain ${decision.attemptId}`],
            ]),
          );
          if (answer.decision?.verdict !== Verdict.VERDICT_ALLOWED) process.exitCode = exitCode.checkRefused;
        }),
    );
}

function addExplain(program: Command): void {
  program
    .command("explain <attempt>")
    .description("say why an attempt was made or refused: every rule with the facts as they were then")
    .action((attemptId: string, _: object, command: Command) =>
      withPlatform(command, async (platform) => {
        const answer = await platform.client(AttemptCheckServiceDefinition).explainAttempt({ attemptId });
        print(command, ExplainAttemptResponse, answer, ({ decision, ruleVerdicts }) =>
          [
            facts([
              ["verdict", decision?.verdict === Verdict.VERDICT_ALLOWED ? "allowed" : "refused"],
              ["decided", instant(decision?.decideTime)],
              ["zones", decision?.zones.join(" ")],
            ]),
            "",
            ...ruleVerdicts.map(showVerdict),
          ].join("\n"),
        );
      }),
    );
}

const showVerdict = ({ ruleName, verdict, explanation }: RuleVerdict): string =>
  `${verdict === Verdict.VERDICT_ALLOWED ? "✓" : "✗"} ${ruleName}: ${explanation}`;

function outcomeWord(outcome: Outcome | undefined): string {
  if (outcome?.result?.$case === "callResult") return word(callResultToJSON(outcome.result.callResult), "CALL_RESULT");
  if (outcome?.result?.$case === "deliveryState")
    return word(deliveryStateToJSON(outcome.result.deliveryState), "DELIVERY_STATE");
  return "";
}

/** `herald attempt-policy`: how attempts to the same person keep out of each other's way. */
import { type Command, InvalidArgumentError } from "commander";
import type { AttemptPolicy } from "../../gen/herald/compliance/v1/attempt_policy.ts";
import {
  AttemptPolicyServiceDefinition,
  GetAttemptPolicyResponse,
  UpdateAttemptPolicyResponse,
} from "../../gen/herald/compliance/v1/attempt_policy_service.ts";
import { withPlatform } from "../connection.ts";
import { Failure } from "../failure.ts";
import { facts, instant, print } from "../output.ts";

/** The option of each setting, which is the name of its field too. */
interface PolicyOptions {
  callsExclusive?: boolean;
  callHoldSeconds?: number;
  messagesExclusive?: boolean;
  messageHoldSeconds?: number;
}

export function attemptPolicyCommands(program: Command): void {
  const policy = program
    .command("attempt-policy")
    .description("one attempt at a time: how calls and messages to the same person keep out of each other's way");
  policy
    .command("show")
    .description("show the policy")
    .action((_: object, command: Command) =>
      withPlatform(command, async (platform) => {
        const answer = await platform.client(AttemptPolicyServiceDefinition).getAttemptPolicy({});
        print(command, GetAttemptPolicyResponse, answer, ({ attemptPolicy }) => policyOf(attemptPolicy));
      }),
    );
  policy
    .command("set")
    .description("change the policy for the next attempt on; what is not named stays")
    .option("--calls-exclusive <yes|no>", "whether other attempts wait while somebody is called", readYesOrNo)
    .option(
      "--call-hold-seconds <count>",
      "how long a call whose end is lost keeps others off, 60 to 86400",
      readSeconds,
    )
    .option("--messages-exclusive <yes|no>", "whether other attempts wait after a message", readYesOrNo)
    .option("--message-hold-seconds <count>", "how long they wait after a message, 1 to 3600", readSeconds)
    .action((options: PolicyOptions, command: Command) =>
      withPlatform(command, async (platform) => {
        const updateMask = Object.keys(options);
        if (updateMask.length === 0) throw new Failure("Nothing to change.", "Name at least one setting; see --help.");
        const answer = await platform
          .client(AttemptPolicyServiceDefinition)
          .updateAttemptPolicy({ attemptPolicy: options, updateMask });
        print(command, UpdateAttemptPolicyResponse, answer, ({ attemptPolicy }) => policyOf(attemptPolicy));
      }),
    );
}

function readYesOrNo(text: string): boolean {
  if (text !== "yes" && text !== "no") throw new InvalidArgumentError("It is yes or no.");
  return text === "yes";
}

function readSeconds(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("It is a whole number of seconds.");
  return Number(text);
}

const policyOf = (policy: AttemptPolicy | undefined): string =>
  facts([
    [
      "during a call",
      policy?.callsExclusive ? `others wait, at most ${policy.callHoldSeconds} s` : "others may follow",
    ],
    [
      "after a message",
      policy?.messagesExclusive ? `others wait ${policy.messageHoldSeconds} s` : "others may follow at once",
    ],
    ["changed", policy?.updateTime ? instant(policy.updateTime) : "never"],
  ]);

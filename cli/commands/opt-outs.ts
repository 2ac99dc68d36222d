/** `herald opt-outs`: what people refused, and what they only may have refused. */
import type { Command } from "commander";
import { Channel } from "../../gen/herald/common/v1/channel.ts";
import { type OptOut, OptOutScope, OptOutSource, OptOutState } from "../../gen/herald/dial/v1/opt_out.ts";
import {
  ConfirmOptOutResponse,
  GetOptOutResponse,
  ListOptOutsResponse,
  OptOutServiceDefinition,
  RecordOptOutResponse,
  UpdateOptOutPolicyResponse,
  WithdrawOptOutResponse,
} from "../../gen/herald/dial/v1/opt_out_service.ts";
import { readLimit } from "../arguments.ts";
import { withPlatform } from "../connection.ts";
import { Failure } from "../failure.ts";
import { facts, instant, print, table, word } from "../output.ts";

const named = (values: object, value: number, prefix: string): string =>
  word(Object.entries(values).find(([, one]) => one === value)?.[0] ?? "", prefix);

/** The value that a word of the command line means. */
function valueOf<Value extends number>(values: Readonly<Record<string, Value>>, prefix: string, text: string): Value {
  const known = Object.entries(values).filter(([, value]) => value > 0);
  const wanted = text.trim().toUpperCase().replaceAll(/[ -]/g, "_");
  const found = known.find(([name]) => name === `${prefix}_${wanted}`);
  if (found) return found[1];
  const words = known.map(([name]) => word(name, prefix).replaceAll(" ", "-"));
  throw new Failure(`"${text}" is not known here.`, `Choose one of ${words.join(", ")}.`);
}

interface RecordOptions {
  channel: string;
  client: string;
  program: string;
  scope: string;
  source: string;
  words: string;
}

export function optOutCommands(program: Command): void {
  const optOuts = program
    .command("opt-outs")
    .description("what people refused: STOP, unsubscribing, complaints, calls");
  listCommands(optOuts);
  changeCommands(optOuts);
  policyCommand(optOuts);
}

function listCommands(optOuts: Command): void {
  optOuts
    .command("ls")
    .description("show opt-outs, newest first; `--state provisional` shows those that wait for a decision")
    .option("--state <state>", "provisional, holding or withdrawn", "")
    .option("--of <device>", "only those of this number or address", "")
    .option("-n, --limit <count>", "opt-outs to show", readLimit, 50)
    .action((options: { state: string; of: string; limit: number }, command: Command) =>
      withPlatform(command, async (platform) => {
        const state = options.state === "" ? 0 : valueOf(OptOutState, "OPT_OUT_STATE", options.state);
        const asked = { pageSize: options.limit, state, contactInfo: options.of };
        const answer = await platform.client(OptOutServiceDefinition).listOptOuts(asked);
        print(command, ListOptOutsResponse, answer, (page) =>
          table(
            ["ID", "STATE", "HOW", "DEVICE", "SAID", "WORDS"],
            page.optOuts.map((one) => [
              one.id,
              named(OptOutState, one.state, "OPT_OUT_STATE"),
              named(OptOutSource, one.source, "OPT_OUT_SOURCE"),
              one.contactInfo,
              instant(one.sayTime),
              one.words,
            ]),
            "Nobody has opted out.",
          ),
        );
      }),
    );
  optOuts
    .command("show <id>")
    .description("show who said no, in which words, what it suppresses, and what undid it")
    .action((optOutId: string, _: object, command: Command) =>
      withPlatform(command, async (platform) => {
        const answer = await platform.client(OptOutServiceDefinition).getOptOut({ optOutId });
        print(command, GetOptOutResponse, answer, ({ optOut }) => shown(optOut));
      }),
    );
}

function changeCommands(optOuts: Command): void {
  optOuts
    .command("record <device>")
    .description("record that somebody said no; it holds at once")
    .requiredOption("--channel <channel>", "how it was said: voice, sms or email")
    .option("--client <id>", "your own key for the customer", "")
    .option("--program <id>", "the program that it was said about; the usual one if left out", "")
    .option("--scope <scope>", "program-channel, channel, program or everything; the policy decides if left out", "")
    .option("--source <source>", "call, complaint, api …", "api")
    .option("--words <text>", "what the person said", "")
    .action((contactInfo: string, options: RecordOptions, command: Command) =>
      withPlatform(command, async (platform) => {
        const optOut = {
          ...{ contactInfo, clientId: options.client, programId: options.program, words: options.words },
          channel: valueOf(Channel, "CHANNEL", options.channel),
          source: valueOf(OptOutSource, "OPT_OUT_SOURCE", options.source),
          scope: options.scope === "" ? 0 : valueOf(OptOutScope, "OPT_OUT_SCOPE", options.scope),
        };
        const answer = await platform.client(OptOutServiceDefinition).recordOptOut({ optOut });
        print(command, RecordOptOutResponse, answer, ({ optOut: one }) => shown(one));
      }),
    );
  optOuts
    .command("confirm <id>")
    .description("say that a provisional opt-out is one")
    .action((optOutId: string, _: object, command: Command) =>
      withPlatform(command, async (platform) => {
        const answer = await platform.client(OptOutServiceDefinition).confirmOptOut({ optOutId });
        print(command, ConfirmOptOutResponse, answer, ({ optOut }) => shown(optOut));
      }),
    );
  optOuts
    .command("withdraw <id>")
    .description("end an opt-out: it was none, or the person consented again")
    .requiredOption("--reason <text>", "why; it is kept")
    .action((optOutId: string, { reason }: { reason: string }, command: Command) =>
      withPlatform(command, async (platform) => {
        const answer = await platform.client(OptOutServiceDefinition).withdrawOptOut({ optOutId, reason });
        print(command, WithdrawOptOutResponse, answer, ({ optOut }) => shown(optOut));
      }),
    );
}

function policyCommand(optOuts: Command): void {
  optOuts
    .command("policy [scope]")
    .description("show what opt-outs mean, or change it: program-channel, channel, program or everything")
    .action((text: string | undefined, _: object, command: Command) =>
      withPlatform(command, async (platform) => {
        const client = platform.client(OptOutServiceDefinition);
        const answer =
          text === undefined
            ? await client.getOptOutPolicy({})
            : await client.updateOptOutPolicy({
                optOutPolicy: { scope: valueOf(OptOutScope, "OPT_OUT_SCOPE", text) },
              });
        print(command, UpdateOptOutPolicyResponse, answer, ({ optOutPolicy }) =>
          facts([["an opt-out closes", named(OptOutScope, optOutPolicy?.scope ?? 0, "OPT_OUT_SCOPE")]]),
        );
      }),
    );
}

const shown = (one: OptOut | undefined): string =>
  facts([
    ["opt-out", one?.id],
    ["state", named(OptOutState, one?.state ?? 0, "OPT_OUT_STATE")],
    ["how", named(OptOutSource, one?.source ?? 0, "OPT_OUT_SOURCE")],
    ["channel", named(Channel, one?.channel ?? 0, "CHANNEL")],
    ["device", one?.contactInfo],
    ["said", instant(one?.sayTime)],
    ["to", one?.ownAddress],
    ["words", one?.words],
    ["recorded by", one?.recordedBy],
    ["closes", named(OptOutScope, one?.scope ?? 0, "OPT_OUT_SCOPE")],
    ["devices", one?.contactInfos.join(", ")],
    ["clients", one?.clientIds.join(", ")],
    ["confirmed by", one?.confirmedBy],
    ["withdrawn", instant(one?.withdrawTime)],
    ["by", one?.withdrawnBy],
    ["because", one?.withdrawReason],
  ]);

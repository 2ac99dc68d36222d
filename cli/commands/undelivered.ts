/** `herald undelivered`: what one service had to tell another that was refused. */
import type { Command } from "commander";
import {
  ListUndeliveredResponse,
  RedeliverAllResponse,
  UndeliveredServiceDefinition,
} from "../../gen/herald/dial/v1/undelivered_service.ts";
import { readLimit } from "../arguments.ts";
import { withPlatform } from "../connection.ts";
import { exitCode } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import { instant, print, printDone, table } from "../output.ts";
import { tell } from "../printable.ts";

interface UndeliveredFilter {
  service: string;
  topic: string;
}

export function undeliveredCommands(program: Command): void {
  const undelivered = program
    .command("undelivered")
    .description("what one service had to tell another that was refused, such as opt-outs and audit entries");
  addList(undelivered);
  addRedeliver(undelivered);
}

const filtered = (command: Command): Command =>
  command
    .option("--service <name>", "only what this service keeps, such as lists", "")
    .option("--topic <name>", "only this topic, such as audit", "");

function addList(undelivered: Command): void {
  filtered(undelivered.command("list").alias("ls"))
    .description("show what was refused, newest first")
    .option("-n, --limit <count>", "messages to show", readLimit, 50)
    .action(({ limit, ...filter }: UndeliveredFilter & { limit: number }, command: Command) =>
      withPlatform(command, async (platform) => {
        const answer = await platform
          .client(UndeliveredServiceDefinition)
          .listUndelivered({ pageSize: limit, ...filter });
        print(command, ListUndeliveredResponse, answer, (page) =>
          table(
            ["ID", "KEPT BY", "TOPIC", "ITEMS", "TRIES", "SINCE", "WHY"],
            page.undelivered.map((one) => [
              one.id,
              one.service,
              one.topic,
              one.itemCount,
              one.tryCount,
              instant(one.createTime),
              one.reason,
            ]),
            "Nothing was refused.",
          ),
        );
        tellUnreached(answer.unreachedServices);
      }),
    );
}

function addRedeliver(undelivered: Command): void {
  filtered(undelivered.command("redeliver [ids...]"))
    .description("deliver messages once more; what is refused again is back in the list with its new reason")
    .option("--all", "all of them, or all that --service and --topic name", false)
    .action((ids: string[], { all, ...filter }: UndeliveredFilter & { all: boolean }, command: Command) =>
      withPlatform(command, async (platform) => {
        const client = platform.client(UndeliveredServiceDefinition);
        requireOne(ids, all, filter);
        for (const undeliveredId of ids) await client.redeliver({ undeliveredId });
        if (!all) return printDone(command, { redelivered: ids.join(" ") }, "Delivered once more.");
        const answer = await client.redeliverAll(filter);
        print(command, RedeliverAllResponse, answer, (told) => `${told.redeliveredCount} are delivered once more.`);
        tellUnreached(answer.unreachedServices);
      }),
    );
}

function requireOne(ids: readonly string[], all: boolean, { service, topic }: UndeliveredFilter): void {
  const fault = all
    ? ids.length > 0 && "Either name messages, or say --all."
    : ids.length === 0
      ? "Name messages by their ids, or say --all."
      : (service || topic) && "--service and --topic go with --all.";
  if (fault) throw new Failure(fault, "`herald undelivered list` shows those there are.", exitCode.wrongCall);
}

function tellUnreached(services: readonly string[]): void {
  if (services.length > 0) tell(`Did not answer, so that what they keep is missing: ${services.join(", ")}.`);
}

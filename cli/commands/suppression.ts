/** `herald suppression`: who must not be contacted. */
import type { Command } from "commander";
import type { SuppressionEntry } from "../../gen/herald/lists/v1/suppression_entry.ts";
import { SuppressionKind } from "../../gen/herald/lists/v1/suppression_list.ts";
import {
  AddEntriesResponse,
  CreateSuppressionListResponse,
  ListOptOutCorrectionsResponse,
  ListSuppressionListsResponse,
  LookUpEntriesResponse,
  RemoveEntriesResponse,
  SuppressionListServiceDefinition,
} from "../../gen/herald/lists/v1/suppression_list_service.ts";
import { newId } from "../../svc/lib/request/ids.ts";
import { readLimit } from "../arguments.ts";
import { withPlatform } from "../connection.ts";
import { Failure } from "../failure.ts";
import { suppressionListOf } from "../find.ts";
import { instant, print, table } from "../output.ts";
import { saveStream } from "../save.ts";
import { addSuppressionImport } from "./suppression-import.ts";

interface AddOptions {
  until?: string;
  reason: string;
}

export function suppressionCommands(program: Command): void {
  const suppression = program
    .command("suppression")
    .description("lists of devices and clients that must not be contacted");
  suppression
    .command("ls")
    .description("show the lists, newest first")
    .action((_: object, command: Command) =>
      withPlatform(command, async (platform) => {
        const answer = await platform.client(SuppressionListServiceDefinition).listSuppressionLists({ pageSize: 500 });
        print(command, ListSuppressionListsResponse, answer, ({ suppressionLists }) =>
          table(
            ["ID", "NAME", "HOLDS", "FOR", "ENTRIES", "UPDATED"],
            suppressionLists.map((list) => [
              list.id,
              list.name,
              list.kind === SuppressionKind.SUPPRESSION_KIND_CLIENT_ID ? "clients" : "devices",
              list.required ? "everybody" : "groups that name it",
              list.entryCount,
              instant(list.updateTime),
            ]),
            "There are no suppression lists yet. `herald suppression create NAME` makes one.",
          ),
        );
      }),
    );
  suppression
    .command("create <name>")
    .description("make an empty list; it holds for every campaign group unless said otherwise")
    .option("--clients", "its entries are client ids", false)
    .option("--optional", "it holds only for campaign groups that name it", false)
    .action((name: string, { clients, optional }: { clients: boolean; optional: boolean }, command: Command) =>
      withPlatform(command, async (platform) => {
        const kind = clients ? SuppressionKind.SUPPRESSION_KIND_CLIENT_ID : SuppressionKind.SUPPRESSION_KIND_DEVICE;
        const request = { suppressionList: { name, kind, required: !optional }, requestId: newId() };
        const answer = await platform.client(SuppressionListServiceDefinition).createSuppressionList(request);
        print(
          command,
          CreateSuppressionListResponse,
          answer,
          ({ suppressionList }) => `Made the list ${suppressionList?.name} (${suppressionList?.id}).`,
        );
      }),
    );
  addEntries(suppression);
  addCorrections(suppression);
  addSuppressionImport(suppression);
  addExport(suppression);
}

function addEntries(suppression: Command): void {
  suppression
    .command("add <list> <values...>")
    .description("suppress numbers, addresses or client ids, from now on")
    .option("--until <time>", "until then (ISO 8601); for ever unless said")
    .option("--reason <text>", "why, for people", "")
    .action((list: string, values: string[], { until, reason }: AddOptions, command: Command) =>
      withPlatform(command, async (platform) => {
        const { id } = await suppressionListOf(platform, list);
        const untilTime = until === undefined ? undefined : readTime(until);
        const entries = values.map((value): Partial<SuppressionEntry> => ({ value, reason, untilTime }));
        const answer = await platform
          .client(SuppressionListServiceDefinition)
          .addEntries({ suppressionListId: id, entries });
        print(
          command,
          AddEntriesResponse,
          answer,
          ({ addedCount }) => `${addedCount} new; ${values.length - addedCount} were there before.`,
        );
      }),
    );
  suppression
    .command("remove <list> <values...>")
    .description("suppress numbers, addresses or client ids no more; an opt-out one at a time, with a reason")
    .option("--reason <text>", "why an opt-out is taken back; it is kept and shown by `corrections`", "")
    .action((list: string, values: string[], { reason }: { reason: string }, command: Command) =>
      withPlatform(command, async (platform) => {
        const { id } = await suppressionListOf(platform, list);
        const answer = await platform
          .client(SuppressionListServiceDefinition)
          .removeEntries({ suppressionListId: id, values, reason });
        print(
          command,
          RemoveEntriesResponse,
          answer,
          ({ removedCount }) => `${removedCount} removed; ${values.length - removedCount} were not there.`,
        );
      }),
    );
  suppression
    .command("lookup <value>")
    .description("say which lists hold a number, address or client id")
    .action((value: string, _: object, command: Command) =>
      withPlatform(command, async (platform) => {
        const answer = await platform.client(SuppressionListServiceDefinition).lookUpEntries({ value });
        print(command, LookUpEntriesResponse, answer, ({ hits }) =>
          table(
            ["LIST", "HOLDS NOW", "SINCE", "UNTIL", "WHY"],
            hits.map(({ suppressionList, entry, holdsNow }) => [
              suppressionList?.name ?? "",
              holdsNow ? "yes" : "no",
              instant(entry?.fromTime ?? entry?.createTime),
              instant(entry?.untilTime) || "for ever",
              entry?.reason ?? "",
            ]),
            "No list holds it.",
          ),
        );
      }),
    );
}

function addCorrections(suppression: Command): void {
  suppression
    .command("corrections <list>")
    .description("show which opt-outs were taken back, why and by whom, newest first")
    .option("-n, --limit <count>", "corrections to show", readLimit, 50)
    .action((list: string, { limit }: { limit: number }, command: Command) =>
      withPlatform(command, async (platform) => {
        const { id } = await suppressionListOf(platform, list);
        const answer = await platform
          .client(SuppressionListServiceDefinition)
          .listOptOutCorrections({ suppressionListId: id, pageSize: limit });
        print(command, ListOptOutCorrectionsResponse, answer, ({ corrections }) =>
          table(
            ["VALUE", "WHY", "BY", "WHEN"],
            corrections.map((one) => [one.value, one.reason, one.correctedBy, instant(one.correctTime)]),
            "No opt-out was taken back.",
          ),
        );
      }),
    );
}

function addExport(suppression: Command): void {
  suppression
    .command("export <list>")
    .description("save all entries of a list as CSV")
    .option("-o, --output <file>", "where to; standard output unless said")
    .action((list: string, { output }: { output?: string }, command: Command) =>
      withPlatform(command, async (platform) => {
        const { id } = await suppressionListOf(platform, list);
        await saveStream(
          command,
          () =>
            platform
              .client(SuppressionListServiceDefinition)
              .exportEntries({ suppressionListId: id }, { timeoutMs: Infinity }),
          output,
        );
      }),
    );
}

function readTime(text: string): Date {
  const time = new Date(text);
  if (Number.isNaN(time.getTime()))
    throw new Failure(`"${text}" is not a time.`, "Write it like 2026-12-31T18:00:00Z.");
  return time;
}

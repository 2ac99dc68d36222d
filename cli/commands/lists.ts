/** `herald lists`: contact lists and their records. */
import type { Command } from "commander";
import { ContactListState } from "../../gen/herald/lists/v1/contact_list.ts";
import {
  CreateContactListResponse,
  ContactListServiceDefinition,
  GetContactListResponse,
  ListContactListsResponse,
} from "../../gen/herald/lists/v1/contact_list_service.ts";
import {
  ListImportsResponse,
  RecordServiceDefinition,
  SearchRecordsResponse,
} from "../../gen/herald/lists/v1/record_service.ts";
import { newId } from "../../svc/lib/request/ids.ts";
import { readLimit } from "../arguments.ts";
import { withPlatform } from "../connection.ts";
import { contactListOf } from "../find.ts";
import { confirm, counts, facts, instant, print, printDone, table, word } from "../output.ts";
import { saveStream } from "../save.ts";
import { addImport } from "./import.ts";

interface RecordsOptions {
  clientId?: string;
  device?: string;
  name?: string;
  limit: number;
}

const stateOf = (state: number): string =>
  word(Object.entries(ContactListState).find(([, value]) => value === state)?.[0] ?? "", "CONTACT_LIST_STATE");

export function listCommands(program: Command): void {
  const lists = program.command("lists").description("contact lists and their records");
  lists
    .command("ls")
    .description("show the lists, newest first")
    .option("-q, --query <text>", "only lists whose name contains this", "")
    .option("-n, --limit <count>", "lists to show", readLimit, 50)
    .action(({ query, limit }: { query: string; limit: number }, command: Command) =>
      withPlatform(command, async (platform) => {
        const answer = await platform.client(ContactListServiceDefinition).listContactLists({ query, pageSize: limit });
        print(command, ListContactListsResponse, answer, ({ contactLists }) =>
          table(
            ["ID", "NAME", "STATE", "RECORDS", "UPDATED"],
            contactLists.map((list) => [
              list.id,
              list.name,
              stateOf(list.state),
              list.recordCount,
              instant(list.updateTime),
            ]),
            "There are no lists yet. `herald lists import FILE` makes one.",
          ),
        );
      }),
    );
  lists
    .command("create <name>")
    .description("make an empty list")
    .option("-r, --region <country>", "country of numbers written without a country code", "")
    .action((name: string, { region }: { region: string }, command: Command) =>
      withPlatform(command, async (platform) => {
        const client = platform.client(ContactListServiceDefinition);
        const answer = await client.createContactList({
          contactList: { name, defaultRegion: region },
          requestId: newId(),
        });
        print(
          command,
          CreateContactListResponse,
          answer,
          ({ contactList }) => `Made the list ${contactList?.name} (${contactList?.id}).`,
        );
      }),
    );
  lists
    .command("show <list>")
    .description("show one list, by id or name")
    .action((list: string, _: object, command: Command) =>
      withPlatform(command, async (platform) => {
        const contactList = await contactListOf(platform, list);
        print(command, GetContactListResponse, { contactList }, () =>
          facts([
            ["id", contactList.id],
            ["name", contactList.name],
            ["description", contactList.description],
            ["state", stateOf(contactList.state)],
            ["records", contactList.recordCount],
            ["region", contactList.defaultRegion],
            ["made", instant(contactList.createTime)],
          ]),
        );
      }),
    );
  addImport(lists);
  addRecords(lists);
  lists
    .command("delete <list>")
    .description("remove a list with its records")
    .option("-y, --yes", "do not ask", false)
    .action((list: string, { yes }: { yes: boolean }, command: Command) =>
      withPlatform(command, async (platform) => {
        const { id, name, recordCount } = await contactListOf(platform, list);
        await confirm(`Remove the list ${name} with ${recordCount} records?`, yes, "Nothing was removed.");
        await platform.client(ContactListServiceDefinition).deleteContactList({ contactListId: id });
        printDone(command, { deleted: id, name }, `Removed ${name}.`);
      }),
    );
}

function addRecords(lists: Command): void {
  lists
    .command("records <list>")
    .description("find records of a list")
    .option("--client-id <id>", "with this client id", "")
    .option("--device <device>", "with this device", "")
    .option("--name <text>", "whose name begins with this", "")
    .option("-n, --limit <count>", "records to show", readLimit, 50)
    .action((list: string, { clientId = "", device = "", name = "", limit }: RecordsOptions, command: Command) =>
      withPlatform(command, async (platform) => {
        const { id } = await contactListOf(platform, list);
        const request = { contactListId: id, clientId, contactInfo: device, name, pageSize: limit };
        const answer = await platform.client(RecordServiceDefinition).searchRecords(request);
        print(command, SearchRecordsResponse, answer, ({ records }) =>
          table(
            ["ID", "CLIENT", "NAME", "DEVICES", "ZONES"],
            records.map((record) => [
              record.id,
              record.clientId,
              `${record.firstName} ${record.lastName}`.trim(),
              record.devices.map(({ contactInfo }) => contactInfo).join(" "),
              [...new Set(record.devices.flatMap(({ zones }) => zones))].join(" "),
            ]),
            "No record fits.",
          ),
        );
      }),
    );
  lists
    .command("imports <list>")
    .description("show what was imported into a list")
    .action((list: string, _: object, command: Command) =>
      withPlatform(command, async (platform) => {
        const { id } = await contactListOf(platform, list);
        const answer = await platform.client(RecordServiceDefinition).listImports({ contactListId: id, pageSize: 50 });
        print(command, ListImportsResponse, answer, ({ imports }) =>
          table(
            ["ID", "FILE", "ROWS", "ACCEPTED", "REJECTED", "WHY", "BEGAN"],
            imports.map((one) => [
              one.id,
              one.fileName,
              one.rowCount,
              one.acceptedCount,
              one.rejectedCount,
              one.errorMessage || counts(one.rejectedByReason),
              instant(one.createTime),
            ]),
            "Nothing was imported yet.",
          ),
        );
      }),
    );
  lists
    .command("rejected <import>")
    .description("save the rejected rows of an import as CSV, with line and reason")
    .option("-o, --output <file>", "where to; standard output unless said")
    .action((importId: string, { output }: { output?: string }, command: Command) =>
      withPlatform(command, (platform) =>
        saveStream(
          command,
          () => platform.client(RecordServiceDefinition).downloadRejectedRows({ importId }, { timeoutMs: Infinity }),
          output,
        ),
      ),
    );
  lists
    .command("export <list>")
    .description("save all records of a list as CSV")
    .option("-o, --output <file>", "where to; standard output unless said")
    .action((list: string, { output }: { output?: string }, command: Command) =>
      withPlatform(command, async (platform) => {
        const { id } = await contactListOf(platform, list);
        await saveStream(
          command,
          () => platform.client(RecordServiceDefinition).exportRecords({ contactListId: id }, { timeoutMs: Infinity }),
          output,
        );
      }),
    );
}

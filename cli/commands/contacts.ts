/** `herald contacts`: people, and everything that was said and tried. */
import type { Command } from "commander";
import { channelToJSON } from "../../gen/herald/common/v1/channel.ts";
import { InteractionDirection } from "../../gen/herald/contacts/v1/interaction.ts";
import {
  ContactServiceDefinition,
  ListContactHistoryResponse,
  SearchContactsResponse,
} from "../../gen/herald/contacts/v1/contact_service.ts";
import { readLimit } from "../arguments.ts";
import { type Platform, withPlatform } from "../connection.ts";
import { Failure } from "../failure.ts";
import { isId } from "../find.ts";
import { instant, print, table, word } from "../output.ts";

export function contactCommands(program: Command): void {
  const contacts = program.command("contacts").description("people and their history");
  contacts
    .command("search [query]")
    .description("find contacts by client id, number, email or the beginning of a name")
    .option("-n, --limit <count>", "contacts to show", readLimit, 50)
    .action((query: string | undefined, { limit }: { limit: number }, command: Command) =>
      withPlatform(command, async (platform) => {
        const answer = await platform
          .client(ContactServiceDefinition)
          .searchContacts({ query: query ?? "", pageSize: limit });
        print(command, SearchContactsResponse, answer, (page) =>
          table(
            ["ID", "CLIENT", "NAME", "KNOWN BY", "LAST"],
            page.contacts.map((contact) => [
              contact.id,
              contact.clientId,
              `${contact.firstName} ${contact.lastName}`.trim(),
              contact.identities.map(({ value }) => value).join(" "),
              instant(contact.lastInteractionTime),
            ]),
            "No contact fits.",
          ),
        );
      }),
    );
  contacts
    .command("history <contact>")
    .description("show what was said and tried, newest first; by id, number, email or client id")
    .option("-n, --limit <count>", "interactions to show", readLimit, 50)
    .action((contact: string, { limit }: { limit: number }, command: Command) =>
      withPlatform(command, async (platform) => {
        const request = { contactId: await contactIdOf(platform, contact), pageSize: limit };
        const answer = await platform.client(ContactServiceDefinition).listContactHistory(request);
        print(command, ListContactHistoryResponse, answer, ({ interactions }) =>
          table(
            ["AT", "", "CHANNEL", "DEVICE", "CAMPAIGN", "TEXT"],
            interactions.map((one) => [
              instant(one.startTime),
              one.direction === InteractionDirection.INTERACTION_DIRECTION_INBOUND ? "from" : "to",
              word(channelToJSON(one.channel), "CHANNEL"),
              one.contactInfo,
              one.campaignGroupName,
              one.refusalReason || one.subject || one.text.slice(0, 60),
            ]),
            "Nothing was said or tried yet.",
          ),
        );
      }),
    );
}

async function contactIdOf(platform: Platform, idOrMark: string): Promise<string> {
  if (isId(idOrMark)) return idOrMark;
  const { contacts } = await platform.client(ContactServiceDefinition).searchContacts({ query: idOrMark, pageSize: 2 });
  const [only, another] = contacts;
  if (!only) throw new Failure(`No contact is known by ${idOrMark}.`);
  if (another)
    throw new Failure(`Several contacts fit ${idOrMark}.`, "`herald contacts search` shows them with their ids.");
  return only.id;
}

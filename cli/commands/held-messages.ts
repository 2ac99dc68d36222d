/** `herald held-messages`: what message centres delivered that no tenant could be found for. For platform administrators. */
import type { Command } from "commander";
import {
  HeldMessageServiceDefinition,
  ListHeldMessagesResponse,
} from "../../gen/herald/dial/v1/held_message_service.ts";
import { HeldReason } from "../../gen/herald/dial/v1/held_message.ts";
import { readLimit } from "../arguments.ts";
import { withPlatform } from "../connection.ts";
import { confirm, instant, print, printDone, table, word } from "../output.ts";

const reasonOf = (reason: HeldReason): string =>
  word(Object.entries(HeldReason).find(([, value]) => value === reason)?.[0] ?? "", "HELD_REASON");

export function heldMessageCommands(program: Command): void {
  const held = program
    .command("held-messages")
    .description("messages of strangers and unreadable receipts, held for the platform's administrators");
  held
    .command("ls")
    .description("show what is held, newest first")
    .option("-n, --limit <count>", "messages to show", readLimit, 50)
    .action(({ limit }: { limit: number }, command: Command) =>
      withPlatform(command, async (platform) => {
        const answer = await platform.client(HeldMessageServiceDefinition).listHeldMessages({ pageSize: limit });
        print(command, ListHeldMessagesResponse, answer, (page) =>
          table(
            ["ID", "WHY", "FROM", "TO", "CAME", "OPTED OUT FOR", "TEXT"],
            page.heldMessages.map((one) => [
              one.id,
              reasonOf(one.reason),
              one.fromAddress,
              one.toAddress,
              instant(one.receiveTime),
              one.optedOutTenants,
              one.text,
            ]),
            "Nothing is held.",
          ),
        );
      }),
    );
  held
    .command("delete <id>")
    .description("remove a message that was dealt with")
    .option("--yes", "do not ask", false)
    .action((heldMessageId: string, { yes }: { yes: boolean }, command: Command) =>
      withPlatform(command, async (platform) => {
        await confirm("Remove the message for good?", yes, "It is kept.");
        await platform.client(HeldMessageServiceDefinition).deleteHeldMessage({ heldMessageId });
        printDone(command, { deleted: heldMessageId }, "It is removed.");
      }),
    );
}

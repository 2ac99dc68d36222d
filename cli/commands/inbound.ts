/** `herald inbound`: what people write. */
import type { Command } from "commander";
import {
  InboundMessageServiceDefinition,
  ListInboundMessagesResponse,
} from "../../gen/herald/dial/v1/inbound_message_service.ts";
import { readLimit } from "../arguments.ts";
import { withPlatform } from "../connection.ts";
import { instant, print, table } from "../output.ts";

export function inboundCommands(program: Command): void {
  const inbound = program.command("inbound").description("what people write by SMS, also strangers");
  inbound
    .command("ls")
    .description("show messages, newest first")
    .option("--of <device>", "only those from this number", "")
    .option("-n, --limit <count>", "messages to show", readLimit, 50)
    .action(({ of, limit }: { of: string; limit: number }, command: Command) =>
      withPlatform(command, async (platform) => {
        const asked = { pageSize: limit, contactInfo: of };
        const answer = await platform.client(InboundMessageServiceDefinition).listInboundMessages(asked);
        print(command, ListInboundMessagesResponse, answer, (page) =>
          table(
            ["NO", "CAME", "FROM", "TO", "TEXT"],
            page.inboundMessages.map((one) => [
              one.sequence,
              instant(one.receiveTime),
              one.contactInfo,
              one.ownAddress,
              one.text,
            ]),
            "Nobody has written in the last 30 days.",
          ),
        );
      }),
    );
}

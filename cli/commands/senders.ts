/** `herald senders`: the numbers, names and domains that messages and calls come from. */
import type { Command } from "commander";
import { type Sender, SenderKind } from "../../gen/herald/dial/v1/sender.ts";
import {
  ClaimSenderResponse,
  ListSendersResponse,
  ReleaseAnySenderResponse,
  SenderServiceDefinition,
} from "../../gen/herald/dial/v1/sender_service.ts";
import { readLimit } from "../arguments.ts";
import { withPlatform } from "../connection.ts";
import { confirm, instant, print, printDone, table, word } from "../output.ts";

const kindOf = (kind: SenderKind): string =>
  word(Object.entries(SenderKind).find(([, value]) => value === kind)?.[0] ?? "", "SENDER_KIND");

/** A sender in the form that `claim` and `release` take. */
const nameOf = ({ kind, address }: Sender): string =>
  kind === SenderKind.SENDER_KIND_EMAIL_DOMAIN ? `@${address}` : address;

const holdingOf = ({ claimTime, releaseTime }: Sender): string =>
  claimTime ? "claimed" : releaseTime ? "released" : "shared";

export function senderCommands(program: Command): void {
  const senders = program
    .command("senders")
    .description("numbers, names and domains that messages and calls come from");
  senders
    .command("ls")
    .description("show the senders that were used or claimed")
    .option("-n, --limit <count>", "senders to show", readLimit, 50)
    .action(({ limit }: { limit: number }, command: Command) =>
      withPlatform(command, async (platform) => {
        const answer = await platform.client(SenderServiceDefinition).listSenders({ pageSize: limit });
        print(command, ListSendersResponse, answer, (page) =>
          table(
            ["SENDER", "KIND", "STATE", "FIRST USED", "CLAIMED", "BY"],
            page.senders.map((one) => [
              nameOf(one),
              kindOf(one.kind),
              holdingOf(one),
              instant(one.firstUseTime),
              instant(one.claimTime),
              one.claimedBy,
            ]),
            "No sender was used yet. The first campaign with a sender claims it, or `herald senders claim SENDER` does.",
          ),
        );
      }),
    );
  senders
    .command("claim <sender>")
    .description("claim a number, short code, name or domain (@example.com), so that no other tenant may use it")
    .action((sender: string, _: object, command: Command) =>
      withPlatform(command, async (platform) => {
        const answer = await platform.client(SenderServiceDefinition).claimSender({ sender });
        print(command, ClaimSenderResponse, answer, ({ sender: one }) => claimed(one));
      }),
    );
  senders
    .command("release <sender>")
    .description("give a claim up, so that another tenant may use the sender")
    .option("--yes", "do not ask", false)
    .action((sender: string, { yes }: { yes: boolean }, command: Command) =>
      withPlatform(command, async (platform) => {
        await confirm(`Give up ${sender}? Another tenant may claim it from then on.`, yes, "The claim is kept.");
        await platform.client(SenderServiceDefinition).releaseSender({ sender });
        printDone(command, { released: sender }, `${sender} is no longer claimed.`);
      }),
    );
  senders
    .command("release-any <sender>")
    .description("take a sender from whichever tenant holds it (platform administrators)")
    .option("--for <tenant-id>", "the tenant that holds it from then on; without it the first to claim it", "")
    .option("--yes", "do not ask", false)
    .action((sender: string, options: { for: string; yes: boolean }, command: Command) =>
      withPlatform(command, async (platform) => {
        const question = `Take ${sender} from its tenant? Its campaigns stop that use it, unless they are the first to claim it again.`;
        await confirm(question, options.yes, "The claim is kept.");
        const asked = { sender, forTenantId: options.for };
        const answer = await platform.client(SenderServiceDefinition).releaseAnySender(asked);
        print(command, ReleaseAnySenderResponse, answer, ({ tenantIds }) =>
          tenantIds.length === 0
            ? `No other tenant held ${sender}.`
            : `${sender} was taken from ${tenantIds.join(", ")}.`,
        );
      }),
    );
}

function claimed(sender: Sender | undefined): string {
  if (!sender) return "It is claimed.";
  const named = `The ${kindOf(sender.kind)} ${nameOf(sender)}`;
  return sender.claimTime
    ? `${named} is this tenant's.`
    : `${named} serves every tenant: the platform shares it, and nobody can claim it.`;
}

/** The `herald` command: a client of the gRPC contract, for people and for scripts. */
import { readFileSync } from "node:fs";
import { Command } from "commander";
import { attemptCommands } from "./commands/attempts.ts";
import { auditCommands } from "./commands/audit.ts";
import { campaignCommands } from "./commands/campaigns.ts";
import { completionCommands } from "./commands/completion.ts";
import { contactCommands } from "./commands/contacts.ts";
import { domainCommands } from "./commands/domains.ts";
import { heldMessageCommands } from "./commands/held-messages.ts";
import { inboundCommands } from "./commands/inbound.ts";
import { jobCommands } from "./commands/jobs.ts";
import { keywordCommands, programCommands } from "./commands/keywords.ts";
import { listCommands } from "./commands/lists.ts";
import { providerCommands } from "./commands/providers.ts";
import { optOutCommands } from "./commands/opt-outs.ts";
import { senderCommands } from "./commands/senders.ts";
import { sessionCommands } from "./commands/session.ts";
import { suppressionCommands } from "./commands/suppression.ts";
import { attemptPolicyCommands } from "./commands/attempt-policy.ts";
import { tenantCommands } from "./commands/tenant.ts";
import { templateCommands } from "./commands/templates.ts";
import { undeliveredCommands } from "./commands/undelivered.ts";
import { explainFailure } from "./failure.ts";

const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
  version: string;
};

/** Read before the arguments are parsed, since they may be wrong. */
const wantsJson = process.argv.slice(2).includes("--json");

const program = new Command("herald")
  .description("Reach people, within the law and their own word.")
  .version(version, "--version", "show which version this is")
  .option("--json", "print answers and errors as JSON")
  .option("--server <host:port>", "address of the platform (or HERALD_SERVER; default: that of the last login)")
  .configureHelp({ sortSubcommands: false, showGlobalOptions: true })
  .showHelpAfterError("(add --help for what is possible here)")
  // A program that asked for JSON gets the error from explainFailure, once, and nothing else.
  .configureOutput({ writeErr: (text) => void (wantsJson || process.stderr.write(text)) })
  .exitOverride();

for (const add of [
  sessionCommands,
  listCommands,
  suppressionCommands,
  campaignCommands,
  attemptCommands,
  contactCommands,
  templateCommands,
  senderCommands,
  inboundCommands,
  optOutCommands,
  programCommands,
  keywordCommands,
  domainCommands,
  attemptPolicyCommands,
  tenantCommands,
  providerCommands,
  jobCommands,
  auditCommands,
  undeliveredCommands,
  heldMessageCommands,
  completionCommands,
]) {
  add(program);
}

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = explainFailure(error, wantsJson);
}

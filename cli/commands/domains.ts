/** `herald domains`: the domains from which email is sent, and the keys that sign it. */
import type { Command } from "commander";
import { DkimAlgorithm, type DkimKey, DkimKeyState, type EmailDomain } from "../../gen/herald/dial/v1/email_domain.ts";
import {
  AddEmailDomainResponse,
  CheckEmailDomainResponse,
  EmailDomainServiceDefinition,
  ListEmailDomainsResponse,
  RotateDkimKeysResponse,
} from "../../gen/herald/dial/v1/email_domain_service.ts";
import { withPlatform } from "../connection.ts";
import { confirm, print, printDone } from "../output.ts";

export function domainCommands(program: Command): void {
  const domains = program
    .command("domains")
    .description("domains that email is sent from, and the keys that sign it (DKIM)");
  domains
    .command("ls")
    .description("show the domains with their keys and DNS records")
    .action((_: object, command: Command) =>
      withPlatform(command, async (platform) => {
        const answer = await platform.client(EmailDomainServiceDefinition).listEmailDomains({});
        print(command, ListEmailDomainsResponse, answer, ({ emailDomains }) =>
          emailDomains.length === 0
            ? "No domain is signed yet. `herald domains add example.com` makes keys."
            : emailDomains.map(domainText).join("\n\n"),
        );
      }),
    );
  domains
    .command("add <domain>")
    .description("make keys for a domain and show the DNS records to publish")
    .action((domain: string, _: object, command: Command) =>
      withPlatform(command, async (platform) => {
        const answer = await platform.client(EmailDomainServiceDefinition).addEmailDomain({ domain });
        print(command, AddEmailDomainResponse, answer, ({ emailDomain }) => domainText(emailDomain));
      }),
    );
  domains
    .command("check <domain>")
    .description("look for the DNS records; keys whose record is right begin to sign")
    .option("--without-dns", "ask nobody: the records are published, and this platform reaches no name server", false)
    .action((domain: string, { withoutDns }: { withoutDns: boolean }, command: Command) =>
      withPlatform(command, async (platform) => {
        const answer = await platform.client(EmailDomainServiceDefinition).checkEmailDomain({ domain, withoutDns });
        print(command, CheckEmailDomainResponse, answer, ({ emailDomain }) => domainText(emailDomain));
      }),
    );
  domains
    .command("rotate <domain>")
    .description("make new keys, which sign once their DNS records are seen")
    .action((domain: string, _: object, command: Command) =>
      withPlatform(command, async (platform) => {
        const answer = await platform.client(EmailDomainServiceDefinition).rotateDkimKeys({ domain });
        print(command, RotateDkimKeysResponse, answer, ({ emailDomain }) => domainText(emailDomain));
      }),
    );
  domains
    .command("rm <domain>")
    .description("remove a domain with its keys")
    .option("--yes", "do not ask", false)
    .action((domain: string, { yes }: { yes: boolean }, command: Command) =>
      withPlatform(command, async (platform) => {
        await confirm(`Remove ${domain}? Its emails are not signed any more.`, yes, "The domain is kept.");
        await platform.client(EmailDomainServiceDefinition).deleteEmailDomain({ domain });
        printDone(command, { removed: domain }, `${domain} is removed.`);
      }),
    );
}

const STATES: Readonly<Record<number, string>> = {
  [DkimKeyState.DKIM_KEY_STATE_PENDING]: "waits for its record",
  [DkimKeyState.DKIM_KEY_STATE_SIGNING]: "signs",
  [DkimKeyState.DKIM_KEY_STATE_RETIRED]: "retired",
};

const domainText = (domain: EmailDomain | undefined): string =>
  [domain?.domain ?? "", ...(domain?.dkimKeys ?? []).map(keyText)].join("\n");

function keyText({ algorithm, state, recordName, recordValue, recordProblem }: DkimKey): string {
  const name = algorithm === DkimAlgorithm.DKIM_ALGORITHM_RSA ? "RSA" : "Ed25519";
  const problem = recordProblem === "" ? [] : [`    ${recordProblem}`];
  return [`  ${name}, ${STATES[state] ?? ""}`, `    ${recordName} TXT`, `    ${recordValue}`, ...problem].join("\n");
}

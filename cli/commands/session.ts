/** `herald login`, `logout` and `whoami`. */
import { createInterface } from "node:readline/promises";
import type { Command } from "commander";
import { GetTenantResponse, TenantServiceDefinition } from "../../gen/herald/identity/v1/tenant_service.ts";
import { askSecret } from "../ask-secret.ts";
import { asSession, issueToken, revokeToken, serverFor, withPlatform } from "../connection.ts";
import { beginSession, deviceTokenFor, forgetSession, readSession, readSessions } from "../credentials.ts";
import { Failure } from "../failure.ts";
import { facts, instant, print, wantsJson } from "../output.ts";
import { say, tell } from "../printable.ts";

interface LoginOptions {
  tenant?: string;
  email?: string;
  clientId?: string;
}

export function sessionCommands(program: Command): void {
  program
    .command("login")
    .description("sign in; the session is kept for the commands that follow")
    .option("-t, --tenant <slug>", "slug of the tenant")
    .option("-e, --email <email>", "email of the user")
    .option("--client-id <id>", "sign in with an API key instead")
    .addHelpText(
      "after",
      "\nThe password, or the key's secret, is asked for, or taken from HERALD_PASSWORD or from standard input.",
    )
    .action((options: LoginOptions, command: Command) => logIn(command, options));
  program
    .command("logout")
    .description("end the session at the server")
    .option("--all", "end the sessions at all servers")
    .action((options: { all?: boolean }, command: Command) => logOut(command, Boolean(options.all)));
  program
    .command("whoami")
    .description("show the session and its tenant")
    .action((_: object, command: Command) =>
      withPlatform(command, async (platform) => {
        const session = await readSession(await serverFor(command));
        const answer = await platform.client(TenantServiceDefinition).getTenant({});
        const { tenant } = answer;
        print(command, GetTenantResponse, answer, () =>
          facts([
            ["signed in as", session?.who],
            ["server", session?.server],
            ["tenant", `${tenant?.displayName} (${tenant?.slug})`],
            ["region", tenant?.defaultRegion],
            ["zone", tenant?.defaultZone],
          ]),
        );
      }),
    );
}

async function logIn(command: Command, { tenant, email, clientId }: LoginOptions): Promise<void> {
  const server = await serverFor(command);
  if (clientId) {
    const clientSecret = await askSecret("Secret: ", "HERALD_PASSWORD");
    const answer = await issueToken(server, {
      grant: { $case: "clientCredentials", clientCredentials: { clientId, clientSecret } },
    });
    await beginSession(asSession(server, "", clientId, answer), "");
  } else {
    const slug = tenant ?? (await ask("Tenant: ", "--tenant"));
    const user = email ?? (await ask("Email: ", "--email"));
    const password = await askSecret("Password: ", "HERALD_PASSWORD");
    const deviceToken = await deviceTokenFor({ server, tenant: slug, who: user });
    const answer = await issueToken(server, {
      grant: { $case: "password", password: { tenant: slug, email: user, password, deviceToken } },
    });
    await beginSession(asSession(server, slug, user, answer), answer.deviceToken);
    if (answer.refusedSignIns > 0)
      tell(
        `Wrong passwords since you last signed in: ${answer.refusedSignIns}, the last ${instant(answer.lastRefusedSignInTime)}.`,
      );
  }
  if (wantsJson(command)) say(JSON.stringify({ server, signedIn: true }));
  else say(`Signed in at ${server}.`);
}

async function logOut(command: Command, all: boolean): Promise<void> {
  const here = await readSession(await serverFor(command));
  const sessions = all ? await readSessions() : here ? [here] : [];
  for (const { server, refreshToken } of sessions) {
    if (refreshToken)
      await revokeToken(server, refreshToken).catch(() =>
        tell(`${server} could not be told; the session is forgotten here.`),
      );
    await forgetSession(server);
    if (!wantsJson(command)) say(`Signed out at ${server}.`);
  }
  if (wantsJson(command)) say(JSON.stringify({ signedOut: sessions.map(({ server }) => server) }));
  else if (sessions.length === 0) say("Nobody was signed in.");
}

async function ask(question: string, option: string): Promise<string> {
  if (!process.stdin.isTTY) throw new Failure(`${option} is missing.`, "Without a terminal nothing can be asked for.");
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await lines.question(question)).trim();
  } finally {
    lines.close();
  }
}

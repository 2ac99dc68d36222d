/** `herald tenant`: the settings of one's own tenant. */
import type { Command } from "commander";
import type { Tenant } from "../../gen/herald/identity/v1/tenant.ts";
import {
  GetTenantResponse,
  TenantServiceDefinition,
  UpdateTenantResponse,
} from "../../gen/herald/identity/v1/tenant_service.ts";
import { withPlatform } from "../connection.ts";
import { Failure } from "../failure.ts";
import { facts, print } from "../output.ts";

/** The option of each setting, and the name of its field. */
const SETTINGS = {
  name: "displayName",
  region: "defaultRegion",
  zone: "defaultZone",
  locale: "locale",
  linkHost: "linkHost",
  color: "accentColor",
} as const satisfies Record<string, keyof Tenant>;
type TenantOptions = Partial<Record<keyof typeof SETTINGS, string>>;

export function tenantCommands(program: Command): void {
  const tenant = program.command("tenant").description("settings of your tenant");
  tenant
    .command("show")
    .description("show the settings")
    .action((_: object, command: Command) =>
      withPlatform(command, async (platform) => {
        const answer = await platform.client(TenantServiceDefinition).getTenant({});
        print(command, GetTenantResponse, answer, ({ tenant: one }) => settingsOf(one));
      }),
    );
  tenant
    .command("set")
    .description("change settings; those that are not named stay")
    .option("--name <name>", "shown to people, also on the page to unsubscribe")
    .option("--region <code>", "country of numbers without a country code: US")
    .option("--zone <zone>", "IANA zone: America/New_York")
    .option("--locale <tag>", "language of messages and pages: en-US")
    .option("--link-host <host>", "host name of links in messages; empty means the platform's own address")
    .option("--color <color>", "colour of the page to unsubscribe: #1a5fb4; empty means the platform's own")
    .action((options: TenantOptions, command: Command) =>
      withPlatform(command, async (platform) => {
        const given = Object.entries(SETTINGS).filter(
          ([option]) => options[option as keyof typeof SETTINGS] !== undefined,
        );
        if (given.length === 0) throw new Failure("Nothing to change.", "Name at least one setting; see --help.");
        const change = Object.fromEntries(
          given.map(([option, field]) => [field, options[option as keyof typeof SETTINGS]]),
        );
        const answer = await platform
          .client(TenantServiceDefinition)
          .updateTenant({ tenant: change, updateMask: given.map(([, field]) => field) });
        print(command, UpdateTenantResponse, answer, ({ tenant: one }) => settingsOf(one));
      }),
    );
}

const settingsOf = (tenant: Tenant | undefined): string =>
  facts([
    ["tenant", tenant?.slug],
    ["name", tenant?.displayName],
    ["region", tenant?.defaultRegion],
    ["zone", tenant?.defaultZone],
    ["locale", tenant?.locale],
    ["links lead to", tenant?.linkHost || "the platform's own address"],
    ["colour of pages", tenant?.accentColor || "the platform's own"],
  ]);

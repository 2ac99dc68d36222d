/** `herald providers`: the tenant's own mail servers, message centres and voice adapters. */
import { readFile } from "node:fs/promises";
import type { JsonValue } from "@bufbuild/protobuf";
import type { Command } from "commander";
import { Channel } from "../../gen/herald/common/v1/channel.ts";
import { Provider, ProviderState } from "../../gen/herald/dial/v1/provider.ts";
import {
  CreateProviderResponse,
  GetProviderResponse,
  ListProvidersResponse,
  ProviderServiceDefinition,
  ProviderTestKind,
  ProviderTestResult,
  type ProviderTestStep,
  ResealSecretsResponse,
  TestProviderResponse,
  UpdateProviderResponse,
} from "../../gen/herald/dial/v1/provider_service.ts";
import { newId } from "../../svc/lib/request/ids.ts";
import { askSecret } from "../ask-secret.ts";
import { withPlatform } from "../connection.ts";
import { checkDefinition } from "../definition.ts";
import { exitCode } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import { providerOf } from "../find.ts";
import { confirm, facts, instant, print, printDone, table, word } from "../output.ts";

export function providerCommands(program: Command): void {
  const providers = program
    .command("providers")
    .description("your own mail servers, message centres and voice adapters");
  addReading(providers);
  addWriting(providers);
  providers
    .command("test <provider>")
    .description("try connection, encryption, password and sender, without sending anything")
    .option("--sender <sender>", "the sender to try; without it the provider's default sender", "")
    .action((provider: string, { sender }: { sender: string }, command: Command) =>
      withPlatform(command, async (platform) => {
        const { id } = await providerOf(platform, provider);
        const answer = await platform.client(ProviderServiceDefinition).testProvider({ providerId: id, sender });
        print(command, TestProviderResponse, answer, ({ steps }) =>
          table(["STEP", "RESULT", "FOUND"], steps.map(rowOf), "Nothing was tried."),
        );
        if (!answer.passed) process.exitCode = exitCode.checkRefused;
      }),
    );
  providers
    .command("reseal")
    .description("encrypt all stored passwords with the first key of DIAL_SECRETS_KEY (platform administrators)")
    .action((_: object, command: Command) =>
      withPlatform(command, async (platform) => {
        const answer = await platform.client(ProviderServiceDefinition).resealSecrets({});
        print(command, ResealSecretsResponse, answer, ({ resealedCount, unreadableCount }) =>
          facts([
            ["encrypted anew", resealedCount],
            ["opened by no key", unreadableCount],
          ]),
        );
      }),
    );
}

function addReading(providers: Command): void {
  providers
    .command("ls")
    .description("show the providers, newest first")
    .action((_: object, command: Command) =>
      withPlatform(command, async (platform) => {
        const answer = await platform.client(ProviderServiceDefinition).listProviders({ pageSize: 500 });
        print(command, ListProvidersResponse, answer, (page) =>
          table(
            ["ID", "NAME", "CHANNEL", "DEFAULT", "STATE", "TROUBLE"],
            page.providers.map((one) => [
              one.id,
              one.name,
              named(Channel, one.channel, "CHANNEL"),
              one.isDefault ? "yes" : "",
              named(ProviderState, one.state, "PROVIDER_STATE"),
              one.trouble,
            ]),
            "There are no providers, so the platform's own are used. `herald providers create FILE` makes one.",
          ),
        );
      }),
    );
  providers
    .command("show <provider>")
    .description("show one provider, by id or name; passwords are never shown")
    .action((provider: string, _: object, command: Command) =>
      withPlatform(command, async (platform) => {
        const found = await providerOf(platform, provider);
        print(command, GetProviderResponse, { provider: found }, () => shown(found));
      }),
    );
}

function addWriting(providers: Command): void {
  providers
    .command("create <file>")
    .description("make a provider from a JSON file with the fields of Provider")
    .option("--secret", "ask for its password or key (or HERALD_SECRET), so that the file need not hold it", false)
    .action((file: string, { secret }: { secret: boolean }, command: Command) =>
      withPlatform(command, async (platform) => {
        const definition = await readDefinition(file);
        const provider = secret ? withSecret(definition, await askSecret(QUESTION, VARIABLE)) : definition;
        const request = { provider, requestId: newId() };
        const answer = await platform.client(ProviderServiceDefinition).createProvider(request);
        print(
          command,
          CreateProviderResponse,
          answer,
          ({ provider: made }) =>
            `Made the provider ${made?.name} (${made?.id}). \`herald providers test\` tries whether it works.`,
        );
      }),
    );
  providers
    .command("update <provider> <file>")
    .description("change the fields that a JSON file names; what is not in it stays")
    .action((provider: string, file: string, _: object, command: Command) =>
      withPlatform(command, async (platform) => {
        const { id, etag } = await providerOf(platform, provider);
        const change = { ...(await readDefinition(file)), id, etag };
        const answer = await platform.client(ProviderServiceDefinition).updateProvider({ provider: change });
        print(command, UpdateProviderResponse, answer, (changed) => `Changed ${changed.provider?.name}.`);
      }),
    );
  providers
    .command("set-secret <provider>")
    .description("replace its password or key (asked for, or HERALD_SECRET)")
    .action((provider: string, _: object, command: Command) =>
      withPlatform(command, async (platform) => {
        const found = await providerOf(platform, provider);
        const change = withSecret(found, await askSecret(QUESTION, VARIABLE));
        const updateMask = [secretField(found)];
        const answer = await platform
          .client(ProviderServiceDefinition)
          .updateProvider({ provider: change, updateMask });
        print(command, UpdateProviderResponse, answer, () => `The new secret of ${found.name} is set.`);
      }),
    );
  for (const [verb, isDisabled] of [
    ["enable", false],
    ["disable", true],
  ] as const)
    providers
      .command(`${verb} <provider>`)
      .description(isDisabled ? "send nothing through it, and close its connections" : "use it again")
      .action((provider: string, _: object, command: Command) =>
        withPlatform(command, async (platform) => {
          const { id } = await providerOf(platform, provider);
          const change = { provider: { id, disabled: isDisabled }, updateMask: ["disabled"] };
          const answer = await platform.client(ProviderServiceDefinition).updateProvider(change);
          print(command, UpdateProviderResponse, answer, (changed) => `${changed.provider?.name} is ${verb}d.`);
        }),
      );
  providers
    .command("delete <provider>")
    .description("delete a provider with its password")
    .option("-y, --yes", "do not ask", false)
    .action((provider: string, { yes }: { yes: boolean }, command: Command) =>
      withPlatform(command, async (platform) => {
        const { id, name } = await providerOf(platform, provider);
        await confirm(`Delete the provider ${name}?`, yes, "It is kept.");
        await platform.client(ProviderServiceDefinition).deleteProvider({ providerId: id });
        printDone(command, { deleted: id, name }, `Deleted ${name}.`);
      }),
    );
}

const QUESTION = "Password or key: ";
const VARIABLE = "HERALD_SECRET";

const named = (values: Readonly<Record<string, number>>, value: number, prefix: string): string =>
  word(Object.entries(values).find(([, one]) => one === value)?.[0] ?? "", prefix);

const rowOf = ({ kind, result, explanation, remedy }: ProviderTestStep): string[] => [
  named(ProviderTestKind, kind, "PROVIDER_TEST_KIND"),
  named(ProviderTestResult, result, "PROVIDER_TEST_RESULT"),
  [explanation, remedy].filter(Boolean).join(" "),
];

function shown(provider: Provider): string {
  const json = Provider.toJSON(provider) as Record<string, unknown>;
  const account = (json[provider.kind?.$case ?? ""] ?? {}) as Record<string, unknown>;
  return facts([
    ["name", provider.name],
    ["id", provider.id],
    ["channel", named(Channel, provider.channel, "CHANNEL")],
    ["state", named(ProviderState, provider.state, "PROVIDER_STATE")],
    ["trouble", provider.trouble || undefined],
    ["default", provider.isDefault ? "yes" : "no"],
    ["default sender", provider.defaultSender || undefined],
    ...Object.entries(account).map(([name, value]) => [name, String(value)] as const),
    ...provider.secrets.map(({ field, setTime }) => [field, `set since ${instant(setTime)}`] as const),
  ]);
}

const SECRETS = { smtp: "smtp.password", smpp: "smpp.password", voiceAdapter: "voice_adapter.key" } as const;

const secretField = ({ kind }: Provider): string => (kind ? SECRETS[kind.$case] : "");

function withSecret(provider: Provider, secret: string): Provider {
  const { kind } = provider;
  if (kind?.$case === "smtp") return { ...provider, kind: { $case: "smtp", smtp: { ...kind.smtp, password: secret } } };
  if (kind?.$case === "smpp") return { ...provider, kind: { $case: "smpp", smpp: { ...kind.smpp, password: secret } } };
  if (kind?.$case === "voiceAdapter")
    return { ...provider, kind: { $case: "voiceAdapter", voiceAdapter: { ...kind.voiceAdapter, key: secret } } };
  return provider;
}

async function readDefinition(file: string): Promise<Provider> {
  const text = await readFile(file, "utf8").catch(() => {
    throw new Failure(`There is no file ${file}.`);
  });
  try {
    const json = JSON.parse(text) as JsonValue;
    await checkDefinition("herald.dial.v1.Provider", json);
    return Provider.fromJSON(json);
  } catch (error) {
    throw new Failure(
      `${file} is not a provider: ${(error as Error).message}`,
      "It is JSON as POST /v1/providers takes it; /openapi.json describes it.",
    );
  }
}

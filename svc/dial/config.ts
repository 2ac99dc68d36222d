/** Every setting of `dial`. */
import { hostname } from "node:os";
import { isId } from "../lib/request/ids.ts";
import { commonConfig, type CommonConfig } from "../lib/service/common-config.ts";
import { type Env, readSettings } from "../lib/service/config.ts";
import { type AddressFence, readAddressFence } from "../lib/outbound/address-fence.ts";
import { readSecretBox, type SecretBox } from "../lib/secrets/secret-box.ts";
import { readSmtpSettings, type SmtpSettings } from "./email/smtp-settings.ts";
import { readSenderSettings, type SenderSettings } from "./senders/sender-settings.ts";
import { readSmppSettings, type SmppSettings } from "./sms/smpp-settings.ts";
import { readTestLimits, type TestLimits } from "./test-messages/limits.ts";
import { type LinkSettings, readLinkSettings } from "./unsubscribes/link-settings.ts";
import type { VoicePace } from "./voice/voice-calls.ts";

export interface DialConfig extends CommonConfig, SenderSettings, LinkSettings {
  /** The name of this dialer: it stays the same over restarts and differs from every other dialer's. */
  name: string;
  smtp: SmtpSettings | undefined;
  smpp: SmppSettings | undefined;
  /** `host:port` of a voice adapter. */
  voiceAdapter: string | undefined;
  /** The key that the voice adapter shares with us; undefined means the one made from the mesh key. */
  voiceKey: string | undefined;
  /** Most senders that a tenant may claim. */
  mostClaims: number;
  voicePace: VoicePace;
  unsettledMost: number;
  mostCrashes: number;
  checkDeadlineMs: number;
  testLimits: TestLimits;
  /** Seals the secrets of the tenants' providers; undefined when no key is set, and then none can be stored. */
  secretBox: SecretBox | undefined;
  /** Tenants that may use the operator's own providers; undefined means all. */
  operatorsProvidersFor: ReadonlySet<string> | undefined;
  /** Most providers of tenants that this dialer is connected to at once. */
  providersMost: number;
  /** To which addresses the tenants' providers may lead. */
  providerFence: AddressFence;
  /** Name servers for the records of email domains; none: those of the machine. */
  dnsServers: readonly string[];
}

export const dialConfig = (source?: Readonly<Record<string, string | undefined>>): DialConfig =>
  readSettings(
    (env) => ({
      ...withLinks(env, commonConfig(env, "dial")),
      ...readSenderSettings(env),
      name: dialerName(env),
      smtp: readSmtpSettings(env),
      smpp: readSmppSettings(env),
      voiceAdapter: voiceAdapter(env),
      voiceKey: env.optionalSecret(
        "HERALD_VOICE_KEY",
        "signs the tokens that the voice adapter verifies, at least 32 bytes; without it one is made from HERALD_MESH_KEY",
        { leastBytes: 32 },
      ),
      voicePace: {
        speed: env.number(
          "DIAL_VOICE_SPEED",
          1,
          "how much faster than real time simulated agents are; the same as the voice simulator's",
          { least: 0.01, most: 10_000 },
        ),
        agentWithinMs: env.durationMs(
          "DIAL_AGENT_WITHIN",
          2_000,
          "a person who answered is released when no agent is ready in this time; the law of several countries says two seconds",
        ),
        announcementMs: env.durationMs(
          "DIAL_ANNOUNCEMENT",
          20_000,
          "how long a call lasts after it was answered, in power mode",
        ),
      },
      mostClaims: env.int(
        "DIAL_SENDER_CLAIMS_MOST",
        100,
        "most senders that a tenant may hold, so that nobody takes hundreds away from the others",
        { least: 1, most: 100_000 },
      ),
      unsettledMost: env.int(
        "DIAL_UNSETTLED_MOST",
        500,
        "most attempts of one provider between intent and stored result; so many may be stale after a crash",
        { least: 10, most: 5_000 },
      ),
      mostCrashes: env.int(
        "DIAL_SET_ASIDE_AFTER",
        2,
        "after so many dialers in a row died while they worked on a group, it is left alone until somebody resumes it",
        { least: 1, most: 1_000 },
      ),
      checkDeadlineMs: env.durationMs(
        "DIAL_CHECK_DEADLINE",
        3_000,
        "compliance must answer in this time, or nothing is attempted",
      ),
      testLimits: readTestLimits(env),
      operatorsProvidersFor: operatorsProvidersFor(env),
      providersMost: env.int(
        "DIAL_PROVIDERS_MOST",
        200,
        "most providers of tenants that one dialer is connected to at once; each holds connections and memory",
        { least: 1, most: 10_000 },
      ),
      secretBox: readSecretBox(env, "DIAL_SECRETS_KEY"),
      dnsServers: readDnsServers(env),
      providerFence: readAddressFence(
        env,
        "DIAL_PROVIDER_NETWORKS",
        [],
        "networks of the operator's own to which providers of tenants may lead, besides public addresses",
      ),
    }),
    source,
  );

const withLinks = (env: Env, common: CommonConfig): CommonConfig & LinkSettings => ({
  ...common,
  ...readLinkSettings(env, common.meshKey),
});

function readDnsServers(env: Env): readonly string[] {
  const about =
    "name servers that are asked for the records of email domains, as address or address:port, separated by commas; none means those of the machine";
  const servers = env.list("DIAL_DNS_SERVERS", [], about);
  const wrong = servers.find(
    (server) => !/^(?:[\d.]+(?::\d{1,5})?|\[[\da-f:]+\](?::\d{1,5})?|[\da-f:]+)$/i.test(server),
  );
  if (wrong !== undefined) env.problem(`DIAL_DNS_SERVERS: ${JSON.stringify(wrong)} is no address (${about}).`);
  return servers;
}

function dialerName(env: Env): string {
  const name = env.string(
    "DIAL_NAME",
    hostname(),
    "name of this dialer, the same over restarts and different from every other dialer's",
  );
  if (!/^[\w.-]{1,100}$/.test(name))
    env.problem("DIAL_NAME must have 1 to 100 letters, digits, dots, dashes or underscores.");
  return name;
}

function operatorsProvidersFor(env: Env): ReadonlySet<string> | undefined {
  const named = env.list(
    "DIAL_OPERATORS_PROVIDERS_FOR",
    ["all"],
    "which tenants may use the providers of DIAL_SMTP_URL, DIAL_SMPP_URL and DIAL_VOICE_ADAPTER: all, none, or ids",
  );
  if (named.length === 1 && named[0] === "all") return undefined;
  const ids = named.filter((one) => one !== "none");
  if (!ids.every(isId))
    env.problem("DIAL_OPERATORS_PROVIDERS_FOR must be all, none, or ids of tenants, separated by commas.");
  return new Set(ids.map((id) => id.toLowerCase()));
}

function voiceAdapter(env: Env): string | undefined {
  const address = env.optional("DIAL_VOICE_ADAPTER", "host:port of a voice adapter");
  if (address !== undefined && !/^[^\s/]+:\d{1,5}$/.test(address)) env.problem("DIAL_VOICE_ADAPTER must be host:port.");
  return address;
}

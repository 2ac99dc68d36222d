/** Tenants with clients for providers, and the accounts of the simulators as they would write them. */
import type { CampaignGroup } from "../../../gen/herald/campaigns/v1/campaign_group.ts";
import { DialingMode, VoiceSettings } from "../../../gen/herald/campaigns/v1/voice_settings.ts";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import type { Provider, SmppAccount, SmtpAccount } from "../../../gen/herald/dial/v1/provider.ts";
import { ReceiptIds, SmtpTls } from "../../../gen/herald/dial/v1/provider.ts";
import { ProviderServiceDefinition } from "../../../gen/herald/dial/v1/provider_service.ts";
import type { Owner } from "../../lib/cleanup.ts";
import { newId, userClient, VOICE_AUDIENCE } from "../../lib/harness.ts";
import type { DialWorld } from "../boot.ts";

export const SECRETS_KEY = "k".repeat(40);
/** Dial as these tests need it: it can seal secrets, and the simulators on this machine may be providers. */
export const PROVIDER_SETTINGS = { DIAL_SECRETS_KEY: SECRETS_KEY, DIAL_PROVIDER_NETWORKS: "loopback" };

const PERMISSIONS = ["providers.read", "providers.write"];

export const providersOf = (t: Owner, { addresses }: Pick<DialWorld, "addresses">, tenantId = newId()) =>
  userClient(t, addresses.dial, ProviderServiceDefinition, { tenantId, permissions: PERMISSIONS });
export type Providers = Awaited<ReturnType<typeof providersOf>>;

const SMTP: SmtpAccount = {
  host: "127.0.0.1",
  port: 0,
  tls: SmtpTls.SMTP_TLS_OFFERED,
  user: "",
  password: "",
  connections: 0,
  noPipelining: false,
  envelopeSender: "",
};
const SMPP: SmppAccount = {
  host: "127.0.0.1",
  port: 0,
  tls: false,
  systemId: "herald",
  password: "password",
  systemType: "",
  separateBinds: false,
  binds: 0,
  window: 0,
  validityHours: 0,
  attemptTlv: false,
  receiptIds: ReceiptIds.RECEIPT_IDS_UNSPECIFIED,
  region: "",
};

const portOf = (url: string) => Number(new URL(url.includes("//") ? url : `x://${url}`).port);

export const smtpKind = (url: string, more: Partial<SmtpAccount> = {}): NonNullable<Provider["kind"]> => ({
  $case: "smtp",
  smtp: { ...SMTP, port: portOf(url), ...more },
});
export const smppKind = (url: string, more: Partial<SmppAccount> = {}): NonNullable<Provider["kind"]> => ({
  $case: "smpp",
  smpp: { ...SMPP, port: portOf(url), ...more },
});
export const voiceKind = (address: string, key = VOICE_AUDIENCE.key): NonNullable<Provider["kind"]> => ({
  $case: "voiceAdapter",
  voiceAdapter: { address, key, tls: false },
});

/** Creates a provider; gives it as it was returned. */
export async function make(providers: Providers, provider: Partial<Provider>): Promise<Provider> {
  const made = await providers.createProvider({ provider: { name: newId(), ...provider } });
  return made.provider as Provider;
}

/** A group that calls everybody at once, with an announcement. */
export const powerGroup = (contactListIds: string[], more: Partial<CampaignGroup> = {}): Partial<CampaignGroup> => ({
  name: `Calls ${newId()}`,
  contactListIds,
  channel: Channel.CHANNEL_VOICE,
  voice: VoiceSettings.fromPartial({ mode: DialingMode.DIALING_MODE_POWER, callsPerMinute: 600 }),
  ...more,
});

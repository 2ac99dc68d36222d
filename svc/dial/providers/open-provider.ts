/** Opens the connections of a tenant's provider, as its account says. */
import { ReceiptIds as ShownReceiptIds, type SmppAccount } from "../../../gen/herald/dial/v1/provider.ts";
import type { Now } from "../../lib/async/time.ts";
import type { AddressFence } from "../../lib/outbound/address-fence.ts";
import type { TenantQueryable } from "../../lib/postgres/db.ts";
import type { SignEmail } from "../dkim/dkim-keys.ts";
import { SmtpProvider } from "../email/smtp-provider.ts";
import type { ProviderEvents } from "../events.ts";
import type { MessageProvider } from "../pipeline/send/message-provider.ts";
import { type SmppDeliveries, SmppProvider } from "../sms/smpp-provider.ts";
import type { ReceiptIds } from "../sms/sms-receipt.ts";
import { VoiceAdapter } from "../voice/voice-adapter.ts";
import type { Account } from "./account.ts";
import { smppServerOf, smtpServerOf } from "./connection-settings.ts";
import type { ProviderSecrets } from "./provider-secrets.ts";
import type { ProviderRoute } from "./provider-route.ts";
import type { StoredProvider } from "./provider-store.ts";
import { connectToAdapter } from "./voice-connection.ts";

/** Connections of one provider: for messages, or for calls. */
export type ProviderConnections =
  { kind: "messages"; provider: MessageProvider } | { kind: "calls"; adapter: VoiceAdapter };

/** Connections that are open, or being opened, and who needs them. */
export interface OpenProvider {
  route: ProviderRoute;
  connections: ProviderConnections | undefined;
  /** Why they are not open; empty while they are. */
  trouble: string;
  opening: Promise<void> | undefined;
  /** The account has changed since. */
  isOutdated: boolean;
  users: number;
  /** Messages and calls under way. */
  underway: number;
  unusedSince: number;
}

export interface OpenProviderDeps {
  secrets: ProviderSecrets;
  fence: AddressFence;
  unsettledMost: number;
  deadlineMs: number;
  /** Signs emails of domains that have keys. */
  sign: SignEmail;
  now: Now;
  /** Where to put what the message centre of this provider delivers. */
  deliveriesOf: (provider: StoredProvider, account: SmppAccount) => SmppDeliveries;
}

const USUAL = { connections: 10, binds: 1, window: 100, validityHours: 24 };

/** Throws SecretUnreadableError, AddressRefusedError, or the error of a look-up. */
export async function openProvider(
  deps: OpenProviderDeps,
  db: TenantQueryable,
  provider: StoredProvider,
  events: ProviderEvents,
): Promise<ProviderConnections> {
  const account = await deps.secrets.open(db, provider.id, provider.account);
  if (account.$case === "voiceAdapter") {
    const connection = await connectToAdapter(account.voiceAdapter, deps.fence, deps.deadlineMs);
    return { kind: "calls", adapter: new VoiceAdapter(connection, events) };
  }
  return { kind: "messages", provider: openMessages(deps, provider, account, events) };
}

function openMessages(
  { fence, unsettledMost, now, sign, deliveriesOf }: OpenProviderDeps,
  provider: StoredProvider,
  account: Exclude<Account, { $case: "voiceAdapter" }>,
  events: ProviderEvents,
): MessageProvider {
  if (account.$case === "smtp") {
    const { smtp } = account;
    const { connections, envelopeSender } = smtp;
    const settings = { connections: connections || USUAL.connections, envelopeSender };
    return new SmtpProvider({ server: smtpServerOf(smtp, fence), ...settings, unsettledMost, events, sign });
  }
  const { smpp } = account;
  const settings = {
    binds: smpp.binds || USUAL.binds,
    window: smpp.window || USUAL.window,
    validityHours: smpp.validityHours || USUAL.validityHours,
    attemptTlv: smpp.attemptTlv,
    separateBinds: smpp.separateBinds,
    addressTypes: {
      sourceTon: smpp.sourceTon,
      sourceNpi: smpp.sourceNpi,
      destinationTon: smpp.destinationTon,
      destinationNpi: smpp.destinationNpi,
    },
  };
  const options = { server: smppServerOf(smpp, fence), ...settings, unsettledMost, events, now };
  return new SmppProvider(options, deliveriesOf(provider, smpp));
}

/** How a centre names messages in its receipts. */
export const receiptIdsOf = ({ receiptIds }: SmppAccount): ReceiptIds => {
  if (receiptIds === ShownReceiptIds.RECEIPT_IDS_SAME) return "same";
  if (receiptIds === ShownReceiptIds.RECEIPT_IDS_DECIMAL) return "decimal";
  return receiptIds === ShownReceiptIds.RECEIPT_IDS_HEXADECIMAL ? "hexadecimal" : "auto";
};

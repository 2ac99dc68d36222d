/** The kinds of accounts that a provider can be: what is common to them, and what differs. Pure. */
import {
  type Provider,
  ProviderKind,
  SmppAccount,
  SmtpAccount,
  SmtpTls,
  VoiceAdapterAccount,
} from "../../../gen/herald/dial/v1/provider.ts";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";

/** An account of any kind. As it is stored and returned, its secret is empty. */
export type Account = NonNullable<Provider["kind"]>;
export type AccountCase = Account["$case"];

interface KindOfAccount {
  kind: ProviderKind;
  channel: Channel;
  /** The field of the provider that sets its secret. */
  secretField: string;
}

export const KINDS: Readonly<Record<AccountCase, KindOfAccount>> = {
  smtp: { kind: ProviderKind.PROVIDER_KIND_SMTP, channel: Channel.CHANNEL_EMAIL, secretField: "smtp.password" },
  smpp: { kind: ProviderKind.PROVIDER_KIND_SMPP, channel: Channel.CHANNEL_SMS, secretField: "smpp.password" },
  voiceAdapter: {
    kind: ProviderKind.PROVIDER_KIND_VOICE_ADAPTER,
    channel: Channel.CHANNEL_VOICE,
    secretField: "voice_adapter.key",
  },
};

/** The field of the provider that holds an account of this kind. */
export const fieldOfAccount = (name: AccountCase): string => KINDS[name].secretField.split(".")[0] ?? "";

/** The same account with another secret; with an empty one, as it is stored and returned. */
export function withSecret(account: Account, secret: string): Account {
  switch (account.$case) {
    case "smtp":
      return { $case: "smtp", smtp: { ...account.smtp, password: secret } };
    case "smpp":
      return { $case: "smpp", smpp: { ...account.smpp, password: secret } };
    case "voiceAdapter":
      return { $case: "voiceAdapter", voiceAdapter: { ...account.voiceAdapter, key: secret } };
  }
}

/** Where the account leads, and how it is protected on the way. A stored secret goes nowhere else. */
export function targetOf(account: Account): string {
  switch (account.$case) {
    case "smtp": {
      const { host, tls } = account.smtp;
      return JSON.stringify([host, portOf(account), tls]);
    }
    case "smpp":
      return JSON.stringify([account.smpp.host, portOf(account), account.smpp.tls]);
    case "voiceAdapter":
      return JSON.stringify([account.voiceAdapter.address, account.voiceAdapter.tls]);
  }
}

/** The host to connect to. */
export function hostOf(account: Account): string {
  switch (account.$case) {
    case "smtp":
      return account.smtp.host;
    case "smpp":
      return account.smpp.host;
    case "voiceAdapter":
      return splitAddress(account.voiceAdapter.address)?.host ?? "";
  }
}

/** The port, where 0 stands for the usual one. */
export function portOf(account: Account): number {
  switch (account.$case) {
    case "smtp":
      return account.smtp.port || (account.smtp.tls === SmtpTls.SMTP_TLS_IMPLICIT ? 465 : 587);
    case "smpp":
      return account.smpp.port || (account.smpp.tls ? 3550 : 2775);
    case "voiceAdapter":
      return splitAddress(account.voiceAdapter.address)?.port ?? 0;
  }
}

/** Reads `host:port` or `[v6]:port`; undefined when it is neither. */
export function splitAddress(address: string): { host: string; port: number } | undefined {
  const [, bracketed, plain, digits] = /^(?:\[([0-9a-f:.]+)\]|([^\s:/[\]]+)):(\d{1,5})$/i.exec(address) ?? [];
  const port = Number(digits);
  const host = bracketed ?? plain;
  return host !== undefined && port >= 1 && port <= 65_535 ? { host, port } : undefined;
}

/** The account as it is stored. */
export function writeAccount(account: Account): unknown {
  const bare = withSecret(account, "");
  switch (bare.$case) {
    case "smtp":
      return SmtpAccount.toJSON(bare.smtp);
    case "smpp":
      return SmppAccount.toJSON(bare.smpp);
    case "voiceAdapter":
      return VoiceAdapterAccount.toJSON(bare.voiceAdapter);
  }
}

export function readAccount(kind: ProviderKind, stored: unknown): Account {
  if (kind === ProviderKind.PROVIDER_KIND_SMTP) return { $case: "smtp", smtp: SmtpAccount.fromJSON(stored) };
  if (kind === ProviderKind.PROVIDER_KIND_SMPP) return { $case: "smpp", smpp: SmppAccount.fromJSON(stored) };
  return { $case: "voiceAdapter", voiceAdapter: VoiceAdapterAccount.fromJSON(stored) };
}

import type { Provider, ReceiptIds, SmtpTls } from "../api/contract.ts";
import type { ProviderEdit } from "./queries.ts";

export type Kind = "smtp" | "smpp" | "voiceAdapter";

export const kinds: readonly { value: Kind; label: string }[] = [
  { value: "smtp", label: "Mail server (SMTP)" },
  { value: "smpp", label: "SMS centre (SMPP)" },
  { value: "voiceAdapter", label: "Voice adapter" },
];

export const kindOf = ({ smpp, voiceAdapter }: Provider): Kind =>
  smpp ? "smpp" : voiceAdapter ? "voiceAdapter" : "smtp";

/** The form of a provider. Numbers are empty where the usual value is meant. */
export interface ProviderValues {
  kind: Kind;
  name: string;
  description: string;
  defaultSender: string;
  isDefault: boolean;
  disabled: boolean;
  smtp: {
    host: string;
    port: number | "";
    tls: SmtpTls;
    user: string;
    password: string;
    connections: number | "";
    envelopeSender: string;
  };
  smpp: {
    host: string;
    port: number | "";
    tls: boolean;
    systemId: string;
    password: string;
    systemType: string;
    separateBinds: boolean;
    binds: number | "";
    window: number | "";
    receiptIds: ReceiptIds;
    region: string;
  };
  voiceAdapter: { address: string; key: string; tls: boolean };
}

const orEmpty = (value: number | undefined): number | "" => value || "";

/** The values of the form: those of a provider, or of a new one. */
export function valuesOf(provider: Provider | undefined): ProviderValues {
  const { smtp, smpp, voiceAdapter } = provider ?? {};
  return {
    kind: provider ? kindOf(provider) : "smtp",
    name: provider?.name ?? "",
    description: provider?.description ?? "",
    defaultSender: provider?.defaultSender ?? "",
    isDefault: provider?.isDefault ?? false,
    disabled: provider?.disabled ?? false,
    smtp: {
      host: smtp?.host ?? "",
      port: orEmpty(smtp?.port),
      tls: smtp?.tls ?? "SMTP_TLS_REQUIRED",
      user: smtp?.user ?? "",
      password: "",
      connections: orEmpty(smtp?.connections),
      envelopeSender: smtp?.envelopeSender ?? "",
    },
    smpp: {
      host: smpp?.host ?? "",
      port: orEmpty(smpp?.port),
      tls: smpp?.tls ?? false,
      systemId: smpp?.systemId ?? "",
      password: "",
      systemType: smpp?.systemType ?? "",
      separateBinds: smpp?.separateBinds ?? false,
      binds: orEmpty(smpp?.binds),
      window: orEmpty(smpp?.window),
      receiptIds: smpp?.receiptIds ?? "RECEIPT_IDS_AUTO",
      region: smpp?.region ?? "",
    },
    voiceAdapter: { address: voiceAdapter?.address ?? "", key: "", tls: voiceAdapter?.tls ?? false },
  };
}

/** What the form changes. Settings of an account that the form does not show stay as they are. */
export function editOf(values: ProviderValues, before: Provider | undefined): ProviderEdit {
  const { kind, name, description, defaultSender, isDefault, disabled } = values;
  const fields = ["name", "description", "defaultSender", "isDefault", "disabled", kind];
  return { provider: { name, description, defaultSender, isDefault, disabled, ...accountOf(values, before) }, fields };
}

function accountOf({ kind, smtp, smpp, voiceAdapter }: ProviderValues, before: Provider | undefined) {
  switch (kind) {
    case "smtp":
      return { smtp: { ...before?.smtp, ...smtp, port: Number(smtp.port), connections: Number(smtp.connections) } };
    case "smpp": {
      const numbers = { port: Number(smpp.port), binds: Number(smpp.binds), window: Number(smpp.window) };
      return { smpp: { ...before?.smpp, ...smpp, ...numbers } };
    }
    case "voiceAdapter":
      return { voiceAdapter };
  }
}

/** The fields that show their own faults. */
export const shownFields = (values: ProviderValues): string[] => [
  ...Object.keys(values),
  ...Object.keys(values[values.kind]).map((field) => `${values.kind}.${field}`),
];

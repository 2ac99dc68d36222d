/** The settings of the message centre. */
import { isRegion } from "../../lib/devices/phone.ts";
import type { Env } from "../../lib/service/config.ts";
import { hostOf, providerUrl } from "../../lib/service/provider-url.ts";
import type { SmppServer } from "./smpp-link.ts";
import type { ReceiptIds } from "./sms-receipt.ts";

export interface SmppSettings {
  server: SmppServer;
  binds: number;
  window: number;
  attemptTlv: boolean;
  validityHours: number;
  receiptIds: ReceiptIds;
  /** Country of numbers that the centre writes without a country code, if nothing else shows it; may be empty. */
  region: string;
}

const RECEIPT_IDS: readonly ReceiptIds[] = ["auto", "same", "decimal", "hexadecimal"];
const SMPP_OPTIONS = { binds: [1, 1, 20], window: [100, 1, 1_000], validity_hours: [24, 1, 720] } as const;

/** Undefined when no message centre is set up. */
export function readSmppSettings(env: Env): SmppSettings | undefined {
  const url = providerUrl(
    env,
    "DIAL_SMPP_URL",
    ["smpp:", "ssmpp:"],
    "smpp://system_id:password@host:port, or ssmpp:// for TLS",
    [...Object.keys(SMPP_OPTIONS), "system_type", "attempt_tlv", "receipt_ids", "region"],
  );
  if (!url) return undefined;
  const number = (name: keyof typeof SMPP_OPTIONS) => {
    const [usual, least, most] = SMPP_OPTIONS[name];
    const text = url.searchParams.get(name);
    const value = text === null ? usual : Number(text);
    if (!Number.isInteger(value) || value < least || value > most)
      env.problem(`DIAL_SMPP_URL: ${name} must be a whole number from ${least} to ${most}.`);
    return value;
  };
  const tls = url.protocol === "ssmpp:";
  const server = {
    host: hostOf(url),
    port: Number(url.port) || (tls ? 3550 : 2775),
    tls,
    systemId: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    systemType: url.searchParams.get("system_type") ?? "",
  };
  const attemptTlv = url.searchParams.get("attempt_tlv") === "true";
  const receiptIds = RECEIPT_IDS.find((ids) => ids === (url.searchParams.get("receipt_ids") ?? "auto"));
  if (!receiptIds) env.problem(`DIAL_SMPP_URL: receipt_ids must be one of ${RECEIPT_IDS.join(", ")}.`);
  const region = url.searchParams.get("region") ?? "";
  if (region !== "" && !isRegion(region))
    env.problem("DIAL_SMPP_URL: region must be a country as two capital letters, such as US.");
  return {
    server,
    binds: number("binds"),
    window: number("window"),
    attemptTlv,
    validityHours: number("validity_hours"),
    receiptIds: receiptIds ?? "auto",
    region,
  };
}

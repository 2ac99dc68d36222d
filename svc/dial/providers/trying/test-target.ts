/** What the tests of all kinds of providers share. Pure. */
import { ProviderTestKind } from "../../../../gen/herald/dial/v1/provider_service.ts";
import type { AddressFence } from "../../../lib/outbound/address-fence.ts";
import { type Account, hostOf, portOf } from "../account.ts";
import type { TestTarget } from "./test-words.ts";

/** How a test gets to a provider. */
export interface TestWay {
  fence: AddressFence;
  /** The end of the test: it breaks what is under way. */
  signal: AbortSignal;
}

/** What is reached of a connection, in this order. */
export type ReachedStep = "connection" | "tls" | "credentials";

export const STEP: Readonly<Record<ReachedStep | "address" | "sender", ProviderTestKind>> = {
  address: ProviderTestKind.PROVIDER_TEST_KIND_ADDRESS,
  connection: ProviderTestKind.PROVIDER_TEST_KIND_CONNECTION,
  tls: ProviderTestKind.PROVIDER_TEST_KIND_TLS,
  credentials: ProviderTestKind.PROVIDER_TEST_KIND_CREDENTIALS,
  sender: ProviderTestKind.PROVIDER_TEST_KIND_SENDER,
};

export const PASSED: Readonly<Record<ReachedStep, string>> = {
  connection: "It answers.",
  tls: "The connection is encrypted, and the certificate is right.",
  credentials: "User and password are accepted.",
};
export const OFF = "Not encrypted, as it is set: everybody on the way can read messages and password.";
const NAMES: Readonly<Record<Account["$case"], string>> = {
  smtp: "mail server",
  smpp: "message centre",
  voiceAdapter: "voice adapter",
};

export const targetOf = (account: Account): TestTarget => ({
  what: NAMES[account.$case],
  host: hostOf(account),
  port: portOf(account),
});

/** The code of an error of the system. */
export const faultOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? "EPROTOCOL";

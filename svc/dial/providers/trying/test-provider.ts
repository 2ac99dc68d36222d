/** Tries a provider step by step, without sending anything: address, connection, encryption, credentials, sender. */
import {
  ProviderTestResult,
  type ProviderTestStep,
  type TestProviderResponse,
} from "../../../../gen/herald/dial/v1/provider_service.ts";
import type { AddressFence } from "../../../lib/outbound/address-fence.ts";
import type { TenantQueryable } from "../../../lib/postgres/db.ts";
import { SecretUnreadableError } from "../../../lib/secrets/secret-box.ts";
import type { Account } from "../account.ts";
import type { ProviderSecrets } from "../provider-secrets.ts";
import type { StoredProvider } from "../provider-store.ts";
import { TestSteps } from "./test-steps.ts";
import { STEP, targetOf, type TestWay } from "./test-target.ts";
import { findingOf } from "./test-words.ts";
import { tryAdapter } from "./try-adapter.ts";
import { trySmpp } from "./try-smpp.ts";
import { trySmtp } from "./try-smtp.ts";

export interface ProviderTesterDeps {
  secrets: ProviderSecrets;
  fence: AddressFence;
}

/** Tries a provider with this sender, which may be empty. */
export type ProviderTester = (
  db: TenantQueryable,
  provider: StoredProvider,
  sender: string,
  signal: AbortSignal,
) => Promise<ProviderTestStep[]>;

/** A test takes no longer. */
const TEST_MS = 18_000;

export const createProviderTester =
  ({ secrets, fence }: ProviderTesterDeps): ProviderTester =>
  async (db, { id, account }, sender, signal) => {
    const steps = new TestSteps();
    const whole = await opened(steps, secrets.open(db, id, account));
    if (whole && (await resolved(steps, fence, whole)))
      await inTime(steps, AbortSignal.any([signal, AbortSignal.timeout(TEST_MS)]), (late) =>
        tryAccount(steps, whole, sender, { fence, signal: late }),
      );
    return steps.all();
  };

export const summary = (steps: ProviderTestStep[]): TestProviderResponse => ({
  passed: steps.every(({ result }) => result !== ProviderTestResult.PROVIDER_TEST_RESULT_FAILED),
  steps,
});

async function opened(steps: TestSteps, opening: Promise<Account>): Promise<Account | undefined> {
  try {
    return await opening;
  } catch (error) {
    if (!(error instanceof SecretUnreadableError)) throw error;
    steps.fail(STEP.credentials, {
      explanation:
        "The stored password or key cannot be decrypted: the platform's keys have changed since it was stored.",
      remedy: "Give it again, or ask the operator to add the former key to DIAL_SECRETS_KEY.",
    });
    return undefined;
  }
}

async function resolved(steps: TestSteps, fence: AddressFence, account: Account): Promise<boolean> {
  const target = targetOf(account);
  try {
    const found = await fence.addressesOf(target.host);
    steps.pass(
      STEP.address,
      found.length === 1 ? "The host has an address." : `The host has ${found.length} addresses.`,
    );
    return true;
  } catch (error) {
    steps.fail(STEP.address, findingOf((error as NodeJS.ErrnoException).code ?? "EAI_AGAIN", target));
    return false;
  }
}

/** What is not known by then is said to be too slow. What is under way is broken off. */
async function inTime(steps: TestSteps, late: AbortSignal, begin: (late: AbortSignal) => Promise<void>): Promise<void> {
  if (late.aborted) return;
  const tooLate = new Promise<"late">((resolve) =>
    late.addEventListener("abort", () => resolve("late"), { once: true }),
  );
  const work = begin(late);
  const ended = await Promise.race([work, tooLate]);
  if (ended !== "late") return;
  work.catch(() => {});
  const unknown = steps.all().find(({ explanation }) => explanation.startsWith("Not tried"))?.kind ?? STEP.sender;
  steps.fail(unknown, {
    explanation: "There was no answer in time.",
    remedy: "Try again; if it stays, check host, port and encryption.",
  });
}

function tryAccount(steps: TestSteps, account: Account, sender: string, way: TestWay): Promise<void> {
  switch (account.$case) {
    case "smtp":
      return trySmtp(steps, account.smtp, sender, way);
    case "smpp":
      return trySmpp(steps, account.smpp, way);
    case "voiceAdapter":
      return tryAdapter(steps, account.voiceAdapter, way);
  }
}

/** The steps of one test of a provider, as they are made. */
import {
  ProviderTestKind,
  ProviderTestResult,
  type ProviderTestStep,
} from "../../../../gen/herald/dial/v1/provider_service.ts";
import type { Finding } from "./test-words.ts";

const { PROVIDER_TEST_RESULT_FAILED: FAILED, PROVIDER_TEST_RESULT_PASSED: PASSED } = ProviderTestResult;
const { PROVIDER_TEST_RESULT_SKIPPED: SKIPPED } = ProviderTestResult;

const ALL: readonly ProviderTestKind[] = [
  ProviderTestKind.PROVIDER_TEST_KIND_ADDRESS,
  ProviderTestKind.PROVIDER_TEST_KIND_CONNECTION,
  ProviderTestKind.PROVIDER_TEST_KIND_TLS,
  ProviderTestKind.PROVIDER_TEST_KIND_CREDENTIALS,
  ProviderTestKind.PROVIDER_TEST_KIND_SENDER,
];

export class TestSteps {
  readonly #made = new Map<ProviderTestKind, ProviderTestStep>();
  readonly #nowMs: () => number;
  #sinceMs: number;

  constructor(nowMs: () => number = () => performance.now()) {
    this.#nowMs = nowMs;
    this.#sinceMs = nowMs();
  }

  pass(kind: ProviderTestKind, explanation: string): void {
    this.#note(kind, PASSED, explanation);
  }

  skip(kind: ProviderTestKind, explanation: string): void {
    this.#note(kind, SKIPPED, explanation);
  }

  fail(kind: ProviderTestKind, { explanation, remedy }: Finding): void {
    this.#note(kind, FAILED, explanation, remedy);
  }

  /** All steps in their order. What was not made is said to be skipped. */
  all(): ProviderTestStep[] {
    return ALL.map(
      (kind) =>
        this.#made.get(kind) ?? {
          kind,
          result: SKIPPED,
          explanation: "Not tried, since an earlier step failed.",
          remedy: "",
          durationMs: 0,
        },
    );
  }

  #note(kind: ProviderTestKind, result: ProviderTestResult, explanation: string, remedy = ""): void {
    const nowMs = this.#nowMs();
    const durationMs = Math.round(nowMs - this.#sinceMs);
    this.#sinceMs = nowMs;
    // The first word about a step counts, unless it fails after all.
    if (!this.#made.has(kind) || result === FAILED)
      this.#made.set(kind, { kind, result, explanation, remedy, durationMs });
  }
}

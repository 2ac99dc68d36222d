/** Leave to make one attempt. It grows old: what is suppressed after it was given must hold within a second. */
import type { AttemptCheck } from "../../../../gen/herald/compliance/v1/attempt_check.ts";
import { type Decision, RefusalReason, Verdict } from "../../../../gen/herald/compliance/v1/decision.ts";
import type { Refusal } from "../../attempts/attempt.ts";
import type { Compliance } from "./compliance.ts";
import { refusalWord } from "../../attempts/refusals.ts";

/** From the question to the hand-over at the most; after that compliance is asked again. */
const FRESH_MS = 800;

export class Permit {
  readonly #checks: Pick<Compliance, "checkOne">;
  readonly #tenantId: string;
  readonly #check: AttemptCheck;
  #askedAtMs: number;
  /** Why it was taken back; undefined while it was not. */
  refusal: Refusal | undefined;

  constructor(checks: Pick<Compliance, "checkOne">, tenantId: string, check: AttemptCheck, askedAtMs: number) {
    this.#checks = checks;
    this.#tenantId = tenantId;
    this.#check = check;
    this.#askedAtMs = askedAtMs;
  }

  get isFresh(): boolean {
    return performance.now() - this.#askedAtMs < FRESH_MS;
  }

  /** Asks again. False when the answer is no (`refusal` says why), or when there is none. */
  async renew(): Promise<boolean> {
    const askedAtMs = performance.now();
    try {
      this.refusal = refusalOf(await this.#checks.checkOne(this.#tenantId, this.#check));
      this.#askedAtMs = askedAtMs;
      return this.refusal === undefined;
    } catch {
      return false;
    }
  }
}

/** Anything but a clear yes is a no. */
export function refusalOf(decision: Decision | undefined): Refusal | undefined {
  if (decision?.verdict === Verdict.VERDICT_ALLOWED) return undefined;
  return {
    reason: refusalWord(decision?.reason ?? RefusalReason.REFUSAL_REASON_UNSPECIFIED),
    ruleId: decision?.ruleId ?? "",
    earliestTime: decision?.earliestTime,
  };
}

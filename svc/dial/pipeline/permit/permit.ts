/** The permit for one attempt. It grows old, since a suppression must take effect within a second. */
import type { AttemptCheck } from "../../../../gen/herald/compliance/v1/attempt_check.ts";
import { type Decision, RefusalReason, Verdict } from "../../../../gen/herald/compliance/v1/decision.ts";
import type { Attempt, AttemptRefusal } from "../../attempts/attempt.ts";
import { refusalWord } from "../../attempts/refusals.ts";
import type { PreparedAttempt } from "../prepare/prepare.ts";
import type { Compliance } from "./compliance.ts";

/** Longest time from the question to the hand-over to the provider. After it, compliance is asked again. */
const FRESH_MS = 800;

export interface PermittedAttempt {
  attempt: Attempt;
  permit: Permit;
  refusal: undefined;
}

export interface RefusedAttempt {
  attempt: Attempt;
  permit: undefined;
  refusal: AttemptRefusal;
}

/** Asks compliance about all attempts that are not refused yet, in one batch; throws ComplianceUnavailableError. */
export async function permitAttempts(
  compliance: Compliance,
  tenantId: string,
  prepared: readonly PreparedAttempt[],
): Promise<(PermittedAttempt | RefusedAttempt)[]> {
  const checks = prepared.flatMap(({ check }) => check ?? []);
  const askedAtMs = performance.now();
  const decisions = (checks.length > 0 ? await compliance.check(tenantId, checks) : []).values();
  return prepared.map(({ attempt, check, refusal }) => {
    if (!check) return { attempt, permit: undefined, refusal };
    const refused = refusalOf(decisions.next().value);
    if (refused) return { attempt, permit: undefined, refusal: refused };
    return { attempt, permit: new Permit(compliance, tenantId, check, askedAtMs), refusal: undefined };
  });
}

export class Permit {
  readonly #compliance: Pick<Compliance, "checkOne">;
  readonly #tenantId: string;
  readonly #check: AttemptCheck;
  #askedAtMs: number;
  /** Why the permit was withdrawn; undefined while it holds. */
  refusal: AttemptRefusal | undefined;

  constructor(compliance: Pick<Compliance, "checkOne">, tenantId: string, check: AttemptCheck, askedAtMs: number) {
    this.#compliance = compliance;
    this.#tenantId = tenantId;
    this.#check = check;
    this.#askedAtMs = askedAtMs;
  }

  /**
   * Gives why nothing may be sent, or undefined if it may. Called at the last moment before sending. Answers at once while the permit is
   * fresh, or else asks compliance again: `refused` when the answer is no (`refusal` says why), `unchecked` when there is no answer.
   */
  closed(): undefined | Promise<"refused" | "unchecked" | undefined> {
    return performance.now() - this.#askedAtMs < FRESH_MS ? undefined : this.#renew();
  }

  async #renew(): Promise<"refused" | "unchecked" | undefined> {
    const askedAtMs = performance.now();
    try {
      this.refusal = refusalOf(await this.#compliance.checkOne(this.#tenantId, this.#check));
      this.#askedAtMs = askedAtMs;
      return this.refusal && "refused";
    } catch {
      return "unchecked";
    }
  }
}

/** The refusal in a decision; undefined if it allows the attempt. A missing or unclear decision is a refusal. */
export function refusalOf(decision: Decision | undefined): AttemptRefusal | undefined {
  if (decision?.verdict === Verdict.VERDICT_ALLOWED) return undefined;
  return {
    reason: refusalWord(decision?.reason ?? RefusalReason.REFUSAL_REASON_UNSPECIFIED),
    ruleId: decision?.ruleId ?? "",
    earliestTime: decision?.earliestTime,
  };
}

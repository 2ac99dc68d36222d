/**
 * Asks compliance in batches, over one long-lived stream for each tenant. Fails closed: an answer that is late, missing or about
 * something else permits nothing.
 */
import type { AttemptCheck } from "../../../../gen/herald/compliance/v1/attempt_check.ts";
import { Decision, RefusalReason, Verdict } from "../../../../gen/herald/compliance/v1/decision.ts";
import type { AttemptCheckServiceDefinition } from "../../../../gen/herald/compliance/v1/attempt_check_service.ts";
import { forEachConcurrently } from "../../../lib/async/batch.ts";
import type { Calls } from "../../../lib/client/client.ts";
import { errorDetails } from "../../../lib/errors/error-details.ts";
import { status } from "../../../lib/errors/errors.ts";
import { pause } from "../../../lib/async/time.ts";
import { CheckStream } from "./check-stream.ts";

/** Compliance did not answer, so none of the attempts is permitted. */
export class ComplianceUnavailableError extends Error {
  /** For people. */
  readonly explanation: string;

  constructor(explanation = "Compliance does not answer, so nothing may be attempted.", cause?: unknown) {
    super(explanation, { cause });
    this.name = "ComplianceUnavailableError";
    this.explanation = explanation;
  }
}

export interface Compliance {
  /** One decision for each check, in their order; throws ComplianceUnavailableError. */
  check(tenantId: string, checks: AttemptCheck[]): Promise<Decision[]>;
  /** The same for one check. Checks that come at the same moment are asked together. */
  checkOne(tenantId: string, check: AttemptCheck): Promise<Decision>;
  close(): void;
}

const ONE_BY_ONE_AT_ONCE = 10;
const GATHER_MS = 5;
const GATHERED_MOST = 200;

export function createCompliance(client: Calls<typeof AttemptCheckServiceDefinition>, deadlineMs: number): Compliance {
  const streams = new Map<string, CheckStream>();

  function streamOf(tenantId: string): CheckStream {
    const open = streams.get(tenantId);
    if (open) return open;
    const stream: CheckStream = new CheckStream(client, tenantId, deadlineMs, () => {
      if (streams.get(tenantId) === stream) streams.delete(tenantId);
    });
    streams.set(tenantId, stream);
    return stream;
  }

  /** Asks about each check alone: compliance refuses a whole batch for one check that it cannot read. */
  async function oneByOne(tenantId: string, checks: readonly AttemptCheck[]): Promise<Decision[]> {
    const decisions: Decision[] = [];
    await forEachConcurrently(checks.entries(), ONE_BY_ONE_AT_ONCE, async ([i, check]) => {
      decisions[i] = await client.checkAttempt({ check }, { tenantId, timeoutMs: deadlineMs }).then(
        ({ decision }) => decision ?? Decision.fromPartial({ attemptId: check.attemptId }),
        (error: unknown) => unreadable(check, error),
      );
    });
    return decisions;
  }

  async function check(tenantId: string, checks: AttemptCheck[]): Promise<Decision[]> {
    try {
      return await streamOf(tenantId).ask(checks);
    } catch (error) {
      if (!isInvalid(error)) throw new ComplianceUnavailableError(undefined, error);
    }
    return oneByOne(tenantId, checks);
  }

  /** Single checks that wait until their batch is asked, by tenant. */
  const gathering = new Map<string, { checks: AttemptCheck[]; decisions: Promise<Decision[]> }>();

  function gather(tenantId: string): { checks: AttemptCheck[]; decisions: Promise<Decision[]> } {
    const open = gathering.get(tenantId);
    if (open && open.checks.length < GATHERED_MOST) return open;
    const checks: AttemptCheck[] = [];
    const decisions = pause(GATHER_MS).then(() => {
      if (gathering.get(tenantId)?.checks === checks) gathering.delete(tenantId);
      return check(tenantId, checks);
    });
    const batch = { checks, decisions };
    gathering.set(tenantId, batch);
    return batch;
  }

  return {
    check,
    async checkOne(tenantId, one) {
      const { checks, decisions } = gather(tenantId);
      const at = checks.push(one) - 1;
      return (await decisions)[at] as Decision;
    },
    close() {
      for (const stream of [...streams.values()]) stream.end(new Error("the dialer stops"));
    },
  };
}

const isInvalid = (error: unknown) => errorDetails(error)?.code === status.INVALID_ARGUMENT;

/** Fields that a record can have wrong. Anything else is a fault of the group's settings or of ours, and no reason to give up a contact. */
const OF_THE_RECORD = /^check\.(contact_info|client_id|zones|state|country)\b/;

/** Refuses the device if compliance cannot read it, or what is known of its place. */
function unreadable({ attemptId }: AttemptCheck, error: unknown): Decision {
  const told = errorDetails(error);
  if (told?.code !== status.INVALID_ARGUMENT) throw new ComplianceUnavailableError(undefined, error);
  if (told.fields.length === 0 || !told.fields.every(({ field }) => OF_THE_RECORD.test(field))) {
    throw new ComplianceUnavailableError(`Compliance cannot read the question: ${told.message}`, error);
  }
  return Decision.fromPartial({
    attemptId,
    verdict: Verdict.VERDICT_REFUSED,
    reason: RefusalReason.REFUSAL_REASON_DEVICE_INVALID,
  });
}

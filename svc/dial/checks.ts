/**
 * Asks compliance, batch by batch, over one long-lived stream for each tenant. Fails closed: an answer that is late, missing or not
 * about what was asked is no permission.
 */
import type { AttemptCheck, Decision } from "../../gen/herald/compliance/v1/attempt_check.ts";
import type {
  AttemptCheckServiceDefinition,
  CheckAttemptsRequest,
} from "../../gen/herald/compliance/v1/attempt_check_service.ts";
import { BoundedQueue } from "../lib/batch.ts";
import type { Calls } from "../lib/client.ts";

/** Compliance did not answer; nothing that was asked is allowed. */
export class ComplianceUnavailable extends Error {
  constructor(why: string, cause?: unknown) {
    super(`Compliance does not answer: ${why}`, { cause });
    this.name = "ComplianceUnavailable";
  }
}

export interface Checks {
  /** One decision for each check, in their order; throws ComplianceUnavailable. */
  check(tenantId: string, checks: AttemptCheck[]): Promise<Decision[]>;
  close(): void;
}

/** Batches on their way to compliance and back at most. */
const MOST_WAITING = 32;
/** A stream that nobody used for this long is ended. */
const IDLE_MS = 60_000;

export function createChecks(client: Calls<typeof AttemptCheckServiceDefinition>, deadlineMs: number): Checks {
  const streams = new Map<string, CheckStream>();
  return {
    check(tenantId, checks) {
      let stream = streams.get(tenantId);
      if (!stream) {
        stream = new CheckStream(client, tenantId, deadlineMs, () => streams.delete(tenantId));
        streams.set(tenantId, stream);
      }
      return stream.ask(checks);
    },
    close() {
      for (const stream of [...streams.values()]) stream.end("the dialer stops");
    },
  };
}

interface Asked {
  checks: readonly AttemptCheck[];
  answer: (decisions: Decision[]) => void;
  fail: (error: Error) => void;
  late: NodeJS.Timeout;
}

class CheckStream {
  readonly #requests = new BoundedQueue<CheckAttemptsRequest>(MOST_WAITING);
  readonly #asked: Asked[] = [];
  readonly #abort = new AbortController();
  readonly #deadlineMs: number;
  readonly #gone: () => void;
  #idle: NodeJS.Timeout | undefined;

  constructor(
    client: Calls<typeof AttemptCheckServiceDefinition>,
    tenantId: string,
    deadlineMs: number,
    gone: () => void,
  ) {
    this.#deadlineMs = deadlineMs;
    this.#gone = gone;
    void this.#read(client, tenantId);
  }

  ask(checks: AttemptCheck[]): Promise<Decision[]> {
    clearTimeout(this.#idle);
    return new Promise((answer, reject) => {
      const late = setTimeout(() => this.end("no answer in time"), this.#deadlineMs);
      this.#asked.push({ checks, answer, fail: reject, late });
      if (!this.#requests.offer({ checks })) this.end("too many batches wait for an answer");
    });
  }

  /** Answers whoever waits that there is no answer; the next question opens a new stream. */
  end(why: string, cause?: unknown): void {
    this.#gone();
    clearTimeout(this.#idle);
    this.#requests.end();
    this.#abort.abort();
    for (const { fail, late } of this.#asked.splice(0)) {
      clearTimeout(late);
      fail(new ComplianceUnavailable(why, cause));
    }
  }

  async #read(client: Calls<typeof AttemptCheckServiceDefinition>, tenantId: string): Promise<void> {
    try {
      const scope = { tenantId, timeoutMs: Infinity, signal: this.#abort.signal };
      for await (const { decisions } of client.checkAttempts(this.#requests, scope)) this.#answered(decisions);
      this.end("the stream ended");
    } catch (error) {
      this.end("the stream broke", error);
    }
  }

  #answered(decisions: Decision[]): void {
    const asked = this.#asked.shift();
    if (!asked) return this.end("an answer to nothing");
    clearTimeout(asked.late);
    if (answers(asked.checks, decisions)) asked.answer(decisions);
    else asked.fail(new ComplianceUnavailable("an answer to something else"));
    if (this.#asked.length === 0) this.#idle = setTimeout(() => this.end("idle"), IDLE_MS).unref();
  }
}

const answers = (checks: readonly AttemptCheck[], decisions: readonly Decision[]) =>
  checks.length === decisions.length && checks.every(({ attemptId }, i) => decisions[i]?.attemptId === attemptId);

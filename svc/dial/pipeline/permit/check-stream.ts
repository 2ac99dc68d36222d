/** One stream of questions to compliance for one tenant. Answers come in order; a late one ends the stream. */
import type { AttemptCheck } from "../../../../gen/herald/compliance/v1/attempt_check.ts";
import type { Decision } from "../../../../gen/herald/compliance/v1/decision.ts";
import type {
  AttemptCheckServiceDefinition,
  CheckAttemptsRequest,
} from "../../../../gen/herald/compliance/v1/attempt_check_service.ts";
import { BoundedQueue } from "../../../lib/async/batch.ts";
import type { Calls } from "../../../lib/client/client.ts";

interface PendingQuestion {
  checks: readonly AttemptCheck[];
  answer: (decisions: Decision[]) => void;
  fail: (error: unknown) => void;
  late: NodeJS.Timeout;
}

/** Most batches that wait to be sent to compliance. */
const MOST_WAITING = 500;
/** An unused stream ends after this time. */
const IDLE_MS = 60_000;

export class CheckStream {
  readonly #requests = new BoundedQueue<CheckAttemptsRequest>(MOST_WAITING);
  readonly #pending: PendingQuestion[] = [];
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

  /** Asks for decisions on the checks. Rejects with the error that broke the stream. */
  ask(checks: AttemptCheck[]): Promise<Decision[]> {
    clearTimeout(this.#idle);
    return new Promise((answer, fail) => {
      const late = setTimeout(() => this.end(new Error("no answer in time")), this.#deadlineMs);
      this.#pending.push({ checks, answer, fail, late });
      if (!this.#requests.offer({ checks })) this.end(new Error("too many batches wait for an answer"));
    });
  }

  /** Rejects all open questions. The next question opens a new stream. */
  end(error: unknown): void {
    this.#gone();
    clearTimeout(this.#idle);
    this.#requests.end();
    this.#abort.abort();
    for (const { fail, late } of this.#pending.splice(0)) {
      clearTimeout(late);
      fail(error);
    }
  }

  async #read(client: Calls<typeof AttemptCheckServiceDefinition>, tenantId: string): Promise<void> {
    try {
      const scope = { tenantId, timeoutMs: Infinity, signal: this.#abort.signal };
      for await (const { decisions } of client.checkAttempts(this.#requests, scope)) this.#answered(decisions);
      this.end(new Error("the stream ended"));
    } catch (error) {
      this.end(error);
    }
  }

  #answered(decisions: Decision[]): void {
    const asked = this.#pending.shift();
    if (!asked) return this.end(new Error("an answer to nothing"));
    clearTimeout(asked.late);
    if (answers(asked.checks, decisions)) asked.answer(decisions);
    else asked.fail(new Error("an answer to something else"));
    if (this.#pending.length === 0) this.#idle = setTimeout(() => this.end(new Error("idle")), IDLE_MS).unref();
  }
}

const answers = (checks: readonly AttemptCheck[], decisions: readonly Decision[]) =>
  checks.length === decisions.length && checks.every(({ attemptId }, i) => decisions[i]?.attemptId === attemptId);

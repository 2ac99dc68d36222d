/** Restores the holds of attempts in progress from the stored decisions: after Redis has lost its data, and when the policy has changed. */
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { comparedForm } from "../../lib/devices/old-forms.ts";
import type { ProgressRow } from "../decisions/decision-rows.ts";
import type { DecisionStore } from "../decisions/decision-store.ts";
import type { Events } from "../events.ts";
import type { ComplianceRedis, PastHold } from "../redis/redis-store.ts";
import { holdKeys, holdMs, type HoldPolicy, holdsId } from "../rules/engine/hold.ts";

const BATCH_ROWS = 2_000;

interface Deps {
  decisions: DecisionStore;
  redis: ComplianceRedis;
  events: Events;
  now: () => Date;
}

export class HoldFiller {
  readonly #deps: Deps;
  readonly #filling = new Map<string, Promise<void>>();

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Fills the holds for one run of Redis and one version of the rules. Callers that come meanwhile wait for the same filling. */
  fill(tenantId: string, prefix: string, filledFor: string, policy: HoldPolicy): Promise<void> {
    const key = `${prefix} ${filledFor} ${holdsId(policy)}`;
    let filling = this.#filling.get(key);
    if (!filling) {
      filling = this.#fill(tenantId, prefix, filledFor, policy).finally(() => this.#filling.delete(key));
      this.#filling.set(key, filling);
    }
    return filling;
  }

  async #fill(tenantId: string, prefix: string, filledFor: string, policy: HoldPolicy): Promise<void> {
    const { decisions, redis, events, now } = this.#deps;
    const begun = performance.now();
    const nowMs = now().getTime();
    const since = { call: new Date(nowMs - policy.callMs), message: new Date(nowMs - policy.messageMs) };
    let total = 0;
    let rows: ProgressRow[] = [];
    do {
      rows = await decisions.inProgress(tenantId, since, rows.at(-1), BATCH_ROWS);
      await this.#hold(tenantId, prefix, policy, rows, nowMs);
      total += rows.length;
    } while (rows.length === BATCH_ROWS);
    await redis.completeCounter(prefix, filledFor, holdsId(policy), Math.max(policy.callMs, policy.messageMs));
    events.counterFilled(holdsId(policy), total, performance.now() - begun);
  }

  /** An outcome that arrived after the rows were read found no hold to end. So the attempts are looked up once more, and those that are over are released. */
  async #hold(
    tenantId: string,
    prefix: string,
    policy: HoldPolicy,
    rows: readonly ProgressRow[],
    nowMs: number,
  ): Promise<void> {
    const { decisions, redis } = this.#deps;
    const holds = rows.flatMap((row) => holdsOf(row, policy));
    await redis.fillHolds(prefix, holds, nowMs);
    const over = await decisions.over(tenantId, [...new Set(rows.map((row) => row.attempt_id))]);
    await redis.release(
      prefix,
      holds.filter(({ attemptId }) => over.has(attemptId)),
      policy,
      nowMs,
    );
  }
}

function holdsOf(row: ProgressRow, policy: HoldPolicy): PastHold[] {
  const { attempt_id: attemptId, lease_number: leaseNumber, channel, decide_time, contact_info, client_id } = row;
  const kind = channel === Channel.CHANNEL_VOICE ? "c" : "m";
  const fromMs = decide_time.getTime();
  const untilMs = fromMs + holdMs(policy, channel as Channel);
  const keys = holdKeys({ device: comparedForm(contact_info), clientId: client_id });
  const chain = row.record_id === null ? "" : `${row.campaign_group_id ?? ""}${row.record_id}`;
  return keys.map((key) => ({ key, kind, fromMs, untilMs, attemptId, leaseNumber, chain }));
}

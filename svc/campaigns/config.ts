/** Every setting of `campaigns`. */
import { commonConfig, type CommonConfig } from "../lib/service/common-config.ts";
import { readSettings } from "../lib/service/config.ts";
import type { QueueLimits } from "./queue/dial-queue.ts";

export interface CampaignsConfig extends CommonConfig {
  queue: QueueLimits;
  /** Longest run of one list's INSERT … SELECT. */
  loadTimeoutMs: number;
  /** Chains of one transaction when many are closed or removed. */
  batchChains: number;
  /** Chains of one transaction where a queue is planned. */
  planChains: number;
  replanEveryMs: number;
  tellTimeoutMs: number;
  sweepEveryMs: number;
  reconcileEveryMs: number;
  historyEveryMs: number;
  watchHeartbeatMs: number;
  watchPaceMs: number;
}

const HOUR_MS = 3_600_000;

export const campaignsConfig = (source?: Readonly<Record<string, string | undefined>>): CampaignsConfig =>
  readSettings(
    (env) => ({
      ...commonConfig(env, "campaigns"),
      queue: {
        staleAfterMs: {
          voice: env.durationMs(
            "CAMPAIGNS_STALE_AFTER_VOICE",
            2 * HOUR_MS,
            "a call whose result has not come by then has an unknown fate",
          ),
          sms: env.durationMs(
            "CAMPAIGNS_STALE_AFTER_SMS",
            25 * HOUR_MS,
            "the same for an SMS: its validity and an hour",
          ),
          email: env.durationMs(
            "CAMPAIGNS_STALE_AFTER_EMAIL",
            25 * HOUR_MS,
            "the same for an email: the time of its retries and an hour",
          ),
        },
        uncountedTries: env.int(
          "CAMPAIGNS_UNCOUNTED_TRIES",
          60,
          "tries in a row, a minute apart, that never reach the network before a device is given up",
          { least: 1, most: 10_000 },
        ),
      },
      loadTimeoutMs: env.durationMs(
        "CAMPAIGNS_LOAD_TIMEOUT",
        HOUR_MS,
        "longest time that one list takes to be put into the queue",
      ),
      batchChains: env.int(
        "CAMPAIGNS_BATCH_CHAINS",
        2_000,
        "chains of one transaction where many are cancelled or removed; more holds locks longer",
        { least: 1, most: 50_000 },
      ),
      planChains: env.int(
        "CAMPAIGNS_PLAN_CHAINS",
        5_000,
        "chains of one transaction where a queue is planned anew; more holds locks longer",
        { least: 1, most: 50_000 },
      ),
      replanEveryMs: env.durationMs(
        "CAMPAIGNS_REPLAN_EVERY",
        30_000,
        "how often it is asked whether rules or suppression lists have changed since the queues were planned",
      ),
      tellTimeoutMs: env.durationMs(
        "CAMPAIGNS_TELL_TIMEOUT",
        5_000,
        "deadline of telling compliance or dial about a group's state",
      ),
      sweepEveryMs: env.durationMs(
        "CAMPAIGNS_SWEEP_EVERY",
        30_000,
        "how often overdue results and old counts are looked for",
      ),
      reconcileEveryMs: env.durationMs(
        "CAMPAIGNS_RECONCILE_EVERY",
        15_000,
        "how often dial's sessions are compared with the groups' states",
      ),
      historyEveryMs: env.durationMs(
        "CAMPAIGNS_HISTORY_EVERY",
        5_000,
        "how often it is noted how the counts of runs have moved",
      ),
      watchHeartbeatMs: env.durationMs("CAMPAIGNS_WATCH_HEARTBEAT", 15_000, "longest silence on a watch stream"),
      watchPaceMs: env.durationMs(
        "CAMPAIGNS_WATCH_PACE",
        1_000,
        "shortest time between two messages of a watch stream",
      ),
    }),
    source,
  );

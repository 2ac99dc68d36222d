/** The settings of `campaigns`. */
import { commonConfig, type CommonConfig } from "../lib/service/common-config.ts";
import { readSettings } from "../lib/service/config.ts";
import type { QueueLimits } from "./queue/dial-queue.ts";

export interface CampaignsConfig extends CommonConfig {
  queue: QueueLimits;
  /** How long the INSERT … SELECT of one list may take. */
  loadTimeoutMs: number;
  /** How many chains are cancelled or removed in one transaction. */
  batchChains: number;
  /** How many chains are planned in one transaction. */
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
            "how long to wait for the result of a call before its outcome counts as unknown",
          ),
          sms: env.durationMs(
            "CAMPAIGNS_STALE_AFTER_SMS",
            25 * HOUR_MS,
            "the same for an SMS: its validity period and an hour",
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
          "after so many tries in a row, a minute apart, that never reach the network, a device is given up",
          { least: 1, most: 10_000 },
        ),
      },
      loadTimeoutMs: env.durationMs(
        "CAMPAIGNS_LOAD_TIMEOUT",
        HOUR_MS,
        "longest time for putting one list into the queue",
      ),
      batchChains: env.int(
        "CAMPAIGNS_BATCH_CHAINS",
        2_000,
        "chains in one transaction when many are cancelled or removed; more chains hold locks longer",
        { least: 1, most: 50_000 },
      ),
      planChains: env.int(
        "CAMPAIGNS_PLAN_CHAINS",
        5_000,
        "chains in one transaction when a queue is planned again; more chains hold locks longer",
        { least: 1, most: 50_000 },
      ),
      replanEveryMs: env.durationMs(
        "CAMPAIGNS_REPLAN_EVERY",
        30_000,
        "how often to check whether rules or suppression lists have changed since the queues were planned",
      ),
      tellTimeoutMs: env.durationMs(
        "CAMPAIGNS_TELL_TIMEOUT",
        5_000,
        "deadline of the calls that tell compliance and dial the state of a group",
      ),
      sweepEveryMs: env.durationMs(
        "CAMPAIGNS_SWEEP_EVERY",
        30_000,
        "how often to look for overdue results and old counts",
      ),
      reconcileEveryMs: env.durationMs(
        "CAMPAIGNS_RECONCILE_EVERY",
        15_000,
        "how often to compare dial's sessions with the groups' states",
      ),
      historyEveryMs: env.durationMs(
        "CAMPAIGNS_HISTORY_EVERY",
        5_000,
        "how often to record how the counts of runs have changed",
      ),
      watchHeartbeatMs: env.durationMs(
        "CAMPAIGNS_WATCH_HEARTBEAT",
        15_000,
        "longest time between two messages of a watch stream",
      ),
      watchPaceMs: env.durationMs(
        "CAMPAIGNS_WATCH_PACE",
        1_000,
        "shortest time between two messages of a watch stream",
      ),
    }),
    source,
  );

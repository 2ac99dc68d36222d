/** Every setting of `jobs`. */
import { commonConfig, type CommonConfig } from "../lib/service/common-config.ts";
import { readSettings } from "../lib/service/config.ts";

export interface JobsConfig extends CommonConfig {
  silenceMs: number;
  retentionMs: number;
  sweepEveryMs: number;
  watchEveryMs: number;
}

const DAY_MS = 86_400_000;

export const jobsConfig = (source?: Readonly<Record<string, string | undefined>>): JobsConfig =>
  readSettings(
    (env) => ({
      ...commonConfig(env, "jobs"),
      silenceMs: env.durationMs(
        "JOBS_SILENCE",
        120_000,
        "a job is shown as failed when its service has not reported for this long",
      ),
      retentionMs: env.durationMs("JOBS_RETENTION", 90 * DAY_MS, "how long ended jobs are kept"),
      sweepEveryMs: env.durationMs("JOBS_SWEEP_EVERY", 10_000, "how often silent and old jobs are looked for"),
      watchEveryMs: env.durationMs("JOBS_WATCH_EVERY", 500, "least time between two messages of one watch"),
    }),
    source,
  );

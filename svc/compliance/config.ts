/** Every setting of compliance, beside those that all services share. */
import { commonConfig } from "../lib/service/common-config.ts";
import { readSettings } from "../lib/service/config.ts";

type Source = Readonly<Record<string, string | undefined>>;

export const complianceConfig = (source?: Source) =>
  readSettings(
    (env) => ({
      ...commonConfig(env, "compliance"),
      silenceMs: env.durationMs(
        "COMPLIANCE_SUPPRESSION_SILENCE",
        5_000,
        "nothing is allowed once the stream of suppression changes has been silent for longer; it speaks every second",
      ),
      streamBatchesAtOnce: env.int(
        "COMPLIANCE_STREAM_BATCHES_AT_ONCE",
        4,
        "batches of one CheckAttempts stream in work together; more hides the wait for the disk, and costs memory",
        { least: 1, most: 64 },
      ),
      denseFrom: env.int(
        "COMPLIANCE_DENSE_FROM",
        16_384,
        "numbers of one area code from which a list keeps them as a bitmap (1.25 MB) instead of a set (48 bytes each)",
        { least: 1 },
      ),
      retentionMonths: env.int(
        "COMPLIANCE_RETENTION_MONTHS",
        61,
        "whole months for which decisions are kept as proof; US rules ask for five years",
        { least: 1 },
      ),
    }),
    source,
  );

export type ComplianceConfig = ReturnType<typeof complianceConfig>;

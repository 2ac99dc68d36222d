/** Every setting of `lists`. */
import { commonConfig, type CommonConfig } from "../lib/service/common-config.ts";
import { readSettings } from "../lib/service/config.ts";
import type { FairSlotLimits } from "../lib/async/fair-slots.ts";
import { tooManyWaiting } from "./errors.ts";
import type { LeastRate } from "./imports/uploads/upload-rate.ts";

export interface ListsConfig extends CommonConfig {
  /** Places for contact files, suppression files and previews. Each kind has its own, so that none waits for another. */
  contactSlots: FairSlotLimits;
  suppressionSlots: FairSlotLimits;
  previewSlots: FairSlotLimits;
  leastRate: LeastRate;
  mostRows: number;
  changesKeptMs: number;
}

const DAY_MS = 86_400_000;
const SPARE_CONNECTIONS = 1;
const PREVIEWS_AT_ONCE = 2;

export function listsConfig(source?: Readonly<Record<string, string | undefined>>): ListsConfig {
  return readSettings((env) => {
    const common = commonConfig(env, "lists");
    const contacts = env.int(
      "LISTS_IMPORTS_AT_ONCE",
      3,
      "contact files that one process reads at once, each with a thread and a database connection; others wait",
      { least: 1, most: 32 },
    );
    const suppression = env.int(
      "LISTS_SUPPRESSION_IMPORTS_AT_ONCE",
      2,
      "suppression files that one process reads at once, in addition to contact files: they never wait for each other",
      { least: 1, most: 32 },
    );
    const ofTenant = env.int(
      "LISTS_IMPORTS_AT_ONCE_OF_TENANT",
      2,
      "files of one kind and one tenant read at once by one process; at least one place is left to other tenants where there are two or more",
      { least: 1, most: 32 },
    );
    const mostWaiting = env.int(
      "LISTS_IMPORTS_WAITING",
      20,
      "files of one kind and one tenant that may wait to be read; more are refused",
      { least: 0, most: 1_000 },
    );
    const slots = (most: number): FairSlotLimits => ({
      most,
      mostOfOne: Math.max(1, Math.min(ofTenant, most - 1)),
      mostWaitingOfOne: mostWaiting,
      refuse: tooManyWaiting,
    });
    const needed = contacts + suppression + SPARE_CONNECTIONS;
    if (needed > common.databaseConnections) {
      env.problem(
        `DATABASE_CONNECTIONS must be at least ${needed}: LISTS_IMPORTS_AT_ONCE and LISTS_SUPPRESSION_IMPORTS_AT_ONCE need one for each file, and everything else needs one besides.`,
      );
    }
    return {
      ...common,
      contactSlots: slots(contacts),
      suppressionSlots: slots(suppression),
      previewSlots: slots(PREVIEWS_AT_ONCE),
      leastRate: {
        bytesPerSecond: env.int(
          "LISTS_UPLOAD_LEAST_BYTES_PER_SECOND",
          8_192,
          "an upload that brings less is refused: it would hold a place that others wait for",
          { least: 1 },
        ),
        windowMs: env.durationMs(
          "LISTS_UPLOAD_RATE_WINDOW",
          30_000,
          "time over which the rate of an upload is measured; a longer pause between two messages counts as silence",
        ),
      },
      mostRows: env.int(
        "LISTS_IMPORT_MOST_ROWS",
        20_000_000,
        "rows of one file; finding duplicates takes up to 25 bytes of memory for each",
        { least: 1 },
      ),
      changesKeptMs: env.durationMs(
        "LISTS_SUPPRESSION_CHANGES_KEPT",
        DAY_MS,
        "how long suppression changes are kept for listeners that were away; after that they get a snapshot",
      ),
    };
  }, source);
}

/** Every setting of `lists`. */
import { commonConfig, type CommonConfig } from "../lib/common-config.ts";
import { readSettings } from "../lib/config.ts";

export interface ListsConfig extends CommonConfig {
  importsAtOnce: number;
  mostRows: number;
  changesKeptMs: number;
}

const DAY_MS = 86_400_000;

export function listsConfig(source?: Readonly<Record<string, string | undefined>>): ListsConfig {
  return readSettings((env) => {
    const common = commonConfig(env, "lists");
    const importsAtOnce = env.int(
      "LISTS_IMPORTS_AT_ONCE",
      3,
      "files read at once by one process, each with a thread and a database connection; others wait",
      { least: 1, most: 32 },
    );
    if (importsAtOnce * 2 > common.databaseConnections) {
      env.problem(
        `DATABASE_CONNECTIONS must be at least ${importsAtOnce * 2}, twice LISTS_IMPORTS_AT_ONCE: each import needs a second connection now and then.`,
      );
    }
    return {
      ...common,
      importsAtOnce,
      mostRows: env.int(
        "LISTS_IMPORT_MOST_ROWS",
        20_000_000,
        "rows of one file; finding duplicates takes up to 25 bytes of memory for each",
        { least: 1 },
      ),
      changesKeptMs: env.durationMs(
        "LISTS_SUPPRESSION_CHANGES_KEPT",
        DAY_MS,
        "how long suppression changes are kept for listeners that were away; after it they get a snapshot",
      ),
    };
  }, source);
}

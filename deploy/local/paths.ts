import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's root folder. */
export const projectRoot = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

/** Where fetched programs are kept. */
export const toolsDir = join(projectRoot, ".tools");

/** Where a platform keeps its data unless told otherwise. */
export const defaultDataDir = join(projectRoot, ".herald");

/** Where Node keeps what it compiled: a service starts in a third of the time and needs less memory. */
export const compileCacheDir = join(projectRoot, "node_modules", ".cache", "node");

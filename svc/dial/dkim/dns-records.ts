/** Asks name servers for the TXT records of keys. */
import { Resolver } from "node:dns/promises";

/** The texts of the records at a name; or why nobody knows, for people. */
export type TxtAnswer = { records: string[] } | { unknown: string };
export type TxtLookup = (name: string) => Promise<TxtAnswer>;

const TRY_MS = 2_500;
const TRIES = 2;
/** There is no such name, or no record of this kind. */
const NOTHING = new Set(["ENOTFOUND", "ENODATA"]);

/** `servers`: those of the machine, if none are given. */
export function txtLookup(servers: readonly string[]): TxtLookup {
  const resolver = new Resolver({ timeout: TRY_MS, tries: TRIES });
  if (servers.length > 0) resolver.setServers(servers);
  return async (name) => {
    try {
      return { records: (await resolver.resolveTxt(name)).map((pieces) => pieces.join("")) };
    } catch (error) {
      const { code = "" } = error as NodeJS.ErrnoException;
      if (NOTHING.has(code)) return { records: [] };
      return { unknown: `No name server answered (${code || "unknown"}). Try again, or check without DNS.` };
    }
  };
}

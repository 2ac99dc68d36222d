/**
 * Looks hosts up in the DNS alone, with an end. `getaddrinfo` would wait in one of the few threads of the process as long as a name server pleases, and whoever
 * owns a domain chooses its name servers.
 */
import { Resolver } from "node:dns/promises";

export interface HostAddress {
  address: string;
  family: 4 | 6;
}

export interface LookUpOptions {
  /** In place of the system's name servers. */
  servers?: readonly string[];
  mostMs?: number;
}

const MOST_MS = 4_000;
const TRY_MS = 1_500;
const TRIES = 2;
/** What a name server says of names without such an address, or that it cannot have. */
const KNOWS_NONE: ReadonlySet<string> = new Set(["ENOTFOUND", "ENODATA", "EBADNAME"]);
/** Names that are in no DNS (RFC 6761). */
const LOCAL = /^(?:.+\.)?localhost\.?$/i;
const NOBODYS = /^(?:.+\.)?invalid\.?$/i;
const LOOPBACK: HostAddress[] = [
  { address: "127.0.0.1", family: 4 },
  { address: "::1", family: 6 },
];

/** The addresses of a host; none if the DNS knows none. Throws EAI_AGAIN when it does not answer. */
export async function lookUp(host: string, { servers, mostMs = MOST_MS }: LookUpOptions = {}): Promise<HostAddress[]> {
  if (LOCAL.test(host)) return LOOPBACK;
  if (NOBODYS.test(host)) return [];
  const resolver = new Resolver({ timeout: TRY_MS, tries: TRIES });
  if (servers) resolver.setServers(servers);
  const late = setTimeout(() => resolver.cancel(), mostMs);
  const answers = await Promise.allSettled([
    resolver.resolve4(host).then((all) => all.map((address): HostAddress => ({ address, family: 4 }))),
    resolver.resolve6(host).then((all) => all.map((address): HostAddress => ({ address, family: 6 }))),
  ]);
  clearTimeout(late);
  const found = answers.flatMap((answer) => (answer.status === "fulfilled" ? answer.value : []));
  const isUnanswered = answers.some((answer) => answer.status === "rejected" && !KNOWS_NONE.has(codeOf(answer.reason)));
  if (found.length === 0 && isUnanswered)
    throw Object.assign(new Error("The DNS does not answer."), { code: "EAI_AGAIN" });
  return found;
}

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? "";

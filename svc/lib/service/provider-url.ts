/** Settings that are the URL of somebody else's server, with user, password and options. */
import type { Env } from "./config.ts";

/** Reads such a URL; undefined when it is missing or wrong. It may contain a password, so problems never quote it. */
export function providerUrl(
  env: Env,
  name: string,
  protocols: readonly string[],
  right: string,
  options: readonly string[],
): URL | undefined {
  const text = env.optional(name, right);
  if (text === undefined) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !protocols.includes(url.protocol) || url.hostname === "")
    return env.problem(`${name} must be ${right}.`) as undefined;
  for (const option of url.searchParams.keys())
    if (!options.includes(option)) env.problem(`${name} has no option ${option}; it has ${options.join(", ")}.`);
  if (!isEncoded(url.username) || !isEncoded(url.password))
    return env.problem(`${name}: a % in the user or password is written %25.`) as undefined;
  return url;
}

/** An IPv6 address without its brackets. */
export const hostOf = ({ hostname }: URL) => hostname.replace(/^\[(.*)\]$/, "$1");

function isEncoded(text: string): boolean {
  try {
    return decodeURIComponent(text) !== undefined;
  } catch {
    return false;
  }
}

/** The settings of links in emails. */
import { createHmac } from "node:crypto";
import type { Env } from "../../lib/service/config.ts";

export interface LinkSettings {
  /** Where people reach the edge: `https://herald.example.com`; undefined when nothing is set, and then emails carry no links. */
  publicUrl: string | undefined;
  /** The one that makes new links first. */
  linkKeys: readonly [string, ...string[]];
}

const LEAST_BYTES = 32;

export const readLinkSettings = (env: Env, meshKey: string): LinkSettings => ({
  publicUrl: readPublicUrl(env),
  linkKeys: readLinkKeys(env) ?? [createHmac("sha256", meshKey).update("herald links").digest("base64url")],
});

function readPublicUrl(env: Env): string | undefined {
  const about = "where people outside reach the edge, for the links in emails: https://herald.example.com";
  const text = env.optional("HERALD_PUBLIC_URL", about)?.trim();
  if (!text) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isRight =
    url &&
    /^https?:$/.test(url.protocol) &&
    url.pathname === "/" &&
    url.search === "" &&
    url.hash === "" &&
    url.username === "";
  if (isRight) return url.origin;
  return env.problem(
    `HERALD_PUBLIC_URL must be https:// and a host, without path, not ${JSON.stringify(text)} (${about}).`,
  ) as undefined;
}

function readLinkKeys(env: Env): LinkSettings["linkKeys"] | undefined {
  const about = `makes the links in emails: random texts of at least ${LEAST_BYTES} bytes, separated by commas; the first makes new links, links of the others still work; without it a key is made from HERALD_MESH_KEY, and links end with that`;
  const text = env.optionalSecret("DIAL_LINK_KEYS", about);
  if (text === undefined) return undefined;
  const [first = "", ...others] = text.split(",").map((key) => key.trim());
  if ([first, ...others].every((key) => Buffer.byteLength(key) >= LEAST_BYTES)) return [first, ...others];
  return env.problem(`DIAL_LINK_KEYS: each key must have at least ${LEAST_BYTES} bytes (${about}).`) as undefined;
}

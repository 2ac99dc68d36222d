/**
 * Secrets that we make for API keys, sessions and known devices. Each names its tenant, so that it is looked up within that tenant.
 *
 * They are stored as plain SHA-256. A slow hash protects secrets that can be guessed, but 256 random bits cannot be. A leaked hash is
 * worthless, and a check takes microseconds; argon2 would take 20 ms of every sign-in of a program.
 */
import { createHash, randomBytes, randomUUID, timingSafeEqual } from "node:crypto";
import { emailKey } from "../users/emails.ts";

/** The part of a secret that says whose it is. The rest is the proof. */
export interface SecretParts {
  tenantId: string;
  /** For a refresh token its session, for an API key's secret the key. */
  id: string;
}

export type SecretKind = "hk" | "hr" | "hd";

/** The secret of an API key. */
export const API_KEY_SECRET = "hk";
/** A refresh token. */
export const REFRESH_TOKEN = "hr";

const ID_BYTES = 16;
const SECRET_BYTES = 32;

/** The token by which a browser or tool is recognised later. */
export const DEVICE_TOKEN = "hd";

/** Ids of sessions are fully random, so one says nothing about another. Every access token contains its session's id, so knowing an id proves nothing. */
export const newSessionId = (): string => randomUUID();

/** Makes a secret: `hk_`, `hr_` or `hd_`, then tenant, id and 256 random bits. */
export function makeSecret(kind: SecretKind, { tenantId, id }: SecretParts): string {
  return `${kind}_${Buffer.concat([idBytes(tenantId), idBytes(id), randomBytes(SECRET_BYTES)]).toString("base64url")}`;
}

/** Reads whose secret this is; undefined for a text that we never made. */
export function readSecret(kind: SecretKind, secret: string): SecretParts | undefined {
  const match = /^(h[krd])_([\w-]{86})$/.exec(secret);
  if (match?.[1] !== kind) return undefined;
  const bytes = Buffer.from(match[2] ?? "", "base64url");
  return { tenantId: idText(bytes.subarray(0, ID_BYTES)), id: idText(bytes.subarray(ID_BYTES, 2 * ID_BYTES)) };
}

/** The stored form of a secret. */
export const secretHash = (secret: string): Buffer => createHash("sha256").update(secret).digest();

/** Compares in constant time. */
export const sameHash = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b);

/** The key of an account for counting wrong passwords, whether the account exists or not. */
export const accountHash = (tenantSlug: string, email: string): Buffer =>
  createHash("sha256")
    .update(`${tenantSlug}\n${emailKey(email)}`)
    .digest();

const idBytes = (id: string) => Buffer.from(id.replaceAll("-", ""), "hex");
const idText = (bytes: Buffer) => bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");

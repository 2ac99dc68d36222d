/**
 * Secrets that we make: of API keys, of sessions and of known devices. Each names its tenant, so that looking it up is a query within that tenant.
 *
 * They are stored as plain SHA-256: a slow hash protects secrets that can be guessed, and 256 random bits cannot. What leaks from
 * the database is worth nothing, and checking costs microseconds, where argon2 would cost 20 ms of every machine-to-machine sign-in.
 */
import { createHash, randomBytes, randomUUID, timingSafeEqual } from "node:crypto";
import { emailKey } from "../users/emails.ts";

/** What a secret says: whose it is. The rest of it only proves it. */
export interface SecretParts {
  tenantId: string;
  /** Of a refresh token: its session. Of an API key's secret: the key. */
  id: string;
}

export type SecretKind = "hk" | "hr" | "hd";

/** The secret of an API key. */
export const API_KEY_SECRET = "hk";
/** A refresh token. */
export const REFRESH_TOKEN = "hr";

const ID_BYTES = 16;
const SECRET_BYTES = 32;

/** What a browser or tool shows to be known again. */
export const DEVICE_TOKEN = "hd";

/** Ids of sessions are random through and through: one tells nothing of another. Every access token says its own, so that to know one proves nothing. */
export const newSessionId = (): string => randomUUID();

/** Makes a secret: `hk_`, `hr_` or `hd_`, then tenant, id and 256 random bits. */
export function makeSecret(kind: SecretKind, { tenantId, id }: SecretParts): string {
  return `${kind}_${Buffer.concat([idBytes(tenantId), idBytes(id), randomBytes(SECRET_BYTES)]).toString("base64url")}`;
}

/** Reads whose secret this is; undefined for what we never made. */
export function readSecret(kind: SecretKind, secret: string): SecretParts | undefined {
  const match = /^(h[krd])_([\w-]{86})$/.exec(secret);
  if (match?.[1] !== kind) return undefined;
  const bytes = Buffer.from(match[2] ?? "", "base64url");
  return { tenantId: idText(bytes.subarray(0, ID_BYTES)), id: idText(bytes.subarray(ID_BYTES, 2 * ID_BYTES)) };
}

/** What is stored of a secret. */
export const secretHash = (secret: string): Buffer => createHash("sha256").update(secret).digest();

/** Compares in constant time. */
export const sameHash = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b);

/** Names an account in the count of wrong passwords, whether it exists or not. */
export const accountHash = (tenantSlug: string, email: string): Buffer =>
  createHash("sha256")
    .update(`${tenantSlug}\n${emailKey(email)}`)
    .digest();

const idBytes = (id: string) => Buffer.from(id.replaceAll("-", ""), "hex");
const idText = (bytes: Buffer) => bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");

/**
 * Seals secrets for the database: AES-256-GCM, with a key from the environment. What is sealed is bound to its place (tenant, row, field),
 * so that it does not open anywhere else. Several keys may be given, to rotate them: the first seals, each opens what it has sealed.
 */
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";
import type { Env } from "../service/config.ts";

/** Where a secret belongs. It opens only there. */
export interface SecretPlace {
  /** `dial.provider_secrets`. */
  table: string;
  tenantId: string;
  rowId: string;
  field: string;
}

/** A secret as it is stored. */
export interface SealedSecret {
  /** Names the key that sealed it, and says nothing about it. */
  keyId: string;
  sealed: Buffer;
}

/** A secret that none of the keys opens: the key is no longer given, or the secret was taken from another place. */
export class SecretUnreadableError extends Error {
  constructor() {
    super("None of the keys opens this secret.");
    this.name = "SecretUnreadableError";
  }
}

interface SealingKey {
  id: string;
  key: Buffer;
}

const CIPHER = "aes-256-gcm";
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const LEAST_BYTES = 32;

export class SecretBox {
  readonly #keys: readonly SealingKey[];

  /** `keys`: long random texts, the one that seals first. */
  constructor(keys: readonly [string, ...string[]]) {
    this.#keys = keys.map(sealingKey);
  }

  /** The id of the key that seals now. */
  get keyId(): string {
    return this.#first.id;
  }

  seal(secret: string, place: SecretPlace): SealedSecret {
    const { id, key } = this.#first;
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, key, nonce).setAAD(boundTo(place));
    const text = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
    return { keyId: id, sealed: Buffer.concat([nonce, cipher.getAuthTag(), text]) };
  }

  /** Throws SecretUnreadableError. */
  open({ keyId, sealed }: SealedSecret, place: SecretPlace): string {
    const key = this.#keys.find(({ id }) => id === keyId)?.key;
    if (!key || sealed.length < NONCE_BYTES + TAG_BYTES) throw new SecretUnreadableError();
    const tag = sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
    const decipher = createDecipheriv(CIPHER, key, sealed.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
    decipher.setAAD(boundTo(place)).setAuthTag(tag);
    try {
      const text = [decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()];
      return Buffer.concat(text).toString("utf8");
    } catch {
      throw new SecretUnreadableError();
    }
  }

  get #first(): SealingKey {
    return this.#keys[0] as SealingKey;
  }
}

/** Reads the keys, separated by commas; undefined when none is set, and then nothing can be sealed. */
export function readSecretBox(env: Env, name: string): SecretBox | undefined {
  const about = `encrypts secrets in the database: random texts of at least ${LEAST_BYTES} bytes, separated by commas; the first encrypts, the others only decrypt`;
  const text = env.optionalSecret(name, about);
  if (text === undefined) return undefined;
  const [first, ...others] = text.split(",").map((key) => key.trim());
  if (first === undefined || [first, ...others].some((key) => Buffer.byteLength(key) < LEAST_BYTES))
    return env.problem(`${name}: each key must have at least ${LEAST_BYTES} bytes (${about}).`) as undefined;
  return new SecretBox([first, ...others]);
}

/** The id is a digest of its own, so that it shows nothing of the key. */
const sealingKey = (given: string): SealingKey => ({
  id: createHash("sha256").update(`herald secret key id ${given}`).digest("hex").slice(0, 16),
  key: Buffer.from(hkdfSync("sha256", given, "", "herald secrets", KEY_BYTES)),
});

/** No part can contain the sign between them. */
const boundTo = ({ table, tenantId, rowId, field }: SecretPlace) =>
  Buffer.from(["herald secret", table, tenantId, rowId, field].join("\0"));

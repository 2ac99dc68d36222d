/**
 * The keys that sign access tokens. There is always a current key and a next one. The next one is published long before it signs, so that
 * all verifiers have fetched it by then. A key is removed after the last token that it signed has expired.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { calculateJwkThumbprint, type CryptoKey, exportJWK, generateKeyPair, importJWK, type JWK } from "jose";

/** A key as it is stored. */
export interface StoredKey {
  id: string;
  publicKey: JWK;
  sealedPrivateKey: Buffer;
  createTime: Date;
  /** When it begins to sign. */
  useTime: Date;
}

export interface KeySchedule {
  /** How long one key signs. */
  signsForMs: number;
  /** How long a key stays published after it has been replaced: the life of a token and some time for clocks that differ. */
  keptAfterMs: number;
}

/** What to do with the keys now: when new ones are to begin to sign, and which are over. */
export interface KeyPlan {
  make: Date[];
  remove: string[];
}

/** Decides what to make and what to remove. `usable` are those keys whose private half can be opened. */
export function planKeys(
  keys: readonly StoredKey[],
  usable: readonly StoredKey[],
  now: Date,
  schedule: KeySchedule,
): KeyPlan {
  const current = currentKey(usable, now);
  const next = usable.filter((key) => key.useTime > now);
  const make: Date[] = [];
  if (!current) make.push(now);
  if (next.length === 0) {
    const since = current?.useTime ?? now;
    // After a long standstill, too, the next key is published for a whole period before it signs.
    make.push(new Date(Math.max(since.getTime() + schedule.signsForMs, now.getTime() + schedule.signsForMs / 2)));
  }
  return { make, remove: keys.filter((key) => isOver(key, keys, now, schedule)).map((key) => key.id) };
}

/** The key that signs: the latest whose time has come. */
export function currentKey<Key extends { id: string; useTime: Date }>(
  keys: readonly Key[],
  now: Date,
): Key | undefined {
  const begun = keys.filter((key) => key.useTime <= now);
  return begun.sort((a, b) => b.useTime.getTime() - a.useTime.getTime() || (a.id < b.id ? -1 : 1))[0];
}

/** A key is over when its successor began to sign longer ago than any of its tokens lives. */
function isOver(key: StoredKey, keys: readonly StoredKey[], now: Date, { keptAfterMs }: KeySchedule): boolean {
  const successors = keys.filter((other) => other.useTime > key.useTime);
  const replaced = Math.min(...successors.map((other) => other.useTime.getTime()));
  return replaced + keptAfterMs < now.getTime();
}

/** Makes a key that begins to sign at `useTime`. */
export async function makeKey(useTime: Date, now: Date, keySecret: string): Promise<StoredKey> {
  const { publicKey, privateKey } = await generateKeyPair("EdDSA", { crv: "Ed25519", extractable: true });
  const publicJwk = await exportJWK(publicKey);
  const id = await calculateJwkThumbprint(publicJwk);
  return {
    id,
    publicKey: { ...publicJwk, kid: id, alg: "EdDSA", use: "sig" },
    sealedPrivateKey: seal(JSON.stringify(await exportJWK(privateKey)), id, keySecret),
    createTime: now,
    useTime,
  };
}

/** Opens a key's private half; undefined when it was sealed with another secret. */
export async function openKey(key: StoredKey, keySecret: string): Promise<CryptoKey | undefined> {
  const text = unseal(key.sealedPrivateKey, key.id, keySecret);
  return text === undefined ? undefined : ((await importJWK(JSON.parse(text) as JWK, "EdDSA")) as CryptoKey);
}

/** The public half, as verifiers use it. */
export const openPublicKey = async (key: StoredKey): Promise<CryptoKey> =>
  (await importJWK(key.publicKey, "EdDSA")) as CryptoKey;

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** AES-256-GCM: nonce, ciphertext, tag. The key's id is authenticated too, so that encrypted halves cannot be swapped. */
function seal(text: string, id: string, keySecret: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", sealingKey(keySecret), nonce).setAAD(Buffer.from(id));
  return Buffer.concat([nonce, cipher.update(text), cipher.final(), cipher.getAuthTag()]);
}

function unseal(sealed: Buffer, id: string, keySecret: string): string | undefined {
  try {
    const decipher = createDecipheriv("aes-256-gcm", sealingKey(keySecret), sealed.subarray(0, NONCE_BYTES)).setAAD(
      Buffer.from(id),
    );
    decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]).toString();
  } catch {
    return undefined;
  }
}

const sealingKey = (keySecret: string) =>
  Buffer.from(hkdfSync("sha256", keySecret, "", "herald identity signing keys", 32));

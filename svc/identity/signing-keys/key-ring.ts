/** The signing keys in memory. It signs and verifies without the database, so it goes on while the database is away. */
import { type CryptoKey, type JWK, SignJWT } from "jose";
import type { KeySource } from "../../lib/auth/auth.ts";
import type { Database, Transaction } from "../../lib/postgres/db.ts";
import type { Logger } from "../../lib/observe/log.ts";
import type { Now } from "../../lib/async/time.ts";
import { deleteSigningKeys, insertSigningKey, listSigningKeys, lockSigningKeys } from "./signing-key-store.ts";
import {
  currentKey,
  type KeySchedule,
  makeKey,
  openKey,
  openPublicKey,
  planKeys,
  type StoredKey,
} from "./signing-keys.ts";

/** The content of an access token. */
export interface AccessClaims {
  subject: string;
  tenantId: string;
  kind: "user" | "api_key";
  permissions: readonly string[];
  /** Empty for API keys. */
  sessionId: string;
  /** The version of its subject. A revocation with a higher version makes the token void. */
  version: number;
}

export interface KeyRing extends KeySource {
  /** Signs the claims of an access token. */
  sign(claims: AccessClaims, lifeSeconds: number): Promise<string>;
  /** The public keys, as JSON. */
  jwks(): Buffer;
  /** Makes keys that are due, removes those that are over, and loads those that other processes made. */
  rotate(db: Database, log: Logger): Promise<void>;
}

interface RingKey {
  id: string;
  useTime: Date;
  publicJwk: JWK;
  publicKey: CryptoKey;
  privateKey: CryptoKey | undefined;
}

export function createKeyRing({
  keySecret,
  schedule,
  now,
}: {
  keySecret: string;
  schedule: KeySchedule;
  now: Now;
}): KeyRing {
  let ring: RingKey[] = [];
  let jwks = Buffer.from('{"keys":[]}');
  const strangers = new Set<string>();

  const load = async (stored: readonly StoredKey[], log: Logger): Promise<void> => {
    ring = await Promise.all(stored.map(async (key) => ringKey(key, keySecret)));
    jwks = Buffer.from(JSON.stringify({ keys: ring.map((key) => key.publicJwk) }));
    for (const { id, privateKey } of ring) {
      if (privateKey || strangers.has(id)) continue;
      strangers.add(id);
      log.warn(
        { keyId: id },
        "a signing key was sealed with another IDENTITY_KEY_SECRET: it verifies tokens but signs none here",
      );
    }
  };

  return {
    key: async (keyId) => ring.find((key) => key.id === keyId)?.publicKey,
    jwks: () => jwks,
    async sign({ subject, tenantId, kind, permissions, sessionId, version }, lifeSeconds) {
      const at = now();
      const key = currentKey(
        ring.filter((one) => one.privateKey),
        at,
      );
      if (!key?.privateKey) throw new Error("No signing key: the rotation has not run yet.");
      const seconds = Math.floor(at.getTime() / 1_000);
      return new SignJWT({
        tid: tenantId,
        kind,
        perms: permissions,
        rev: version,
        ...(sessionId !== "" && { sid: sessionId }),
      })
        .setProtectedHeader({ alg: "EdDSA", kid: key.id, typ: "JWT" })
        .setIssuer("herald")
        .setSubject(subject)
        .setIssuedAt(seconds)
        .setExpirationTime(seconds + lifeSeconds)
        .setJti(crypto.randomUUID())
        .sign(key.privateKey);
    },
    async rotate(db, log) {
      const stored = await listSigningKeys(db.everyTenant());
      const plan = await planFor(stored, keySecret, now(), schedule);
      if (plan.make.length === 0 && plan.remove.length === 0) return load(stored, log);
      await load(await db.everyTenant().transaction((tx) => carryOut(tx, keySecret, now(), schedule)), log);
      log.info({ made: plan.make.length, removed: plan.remove.length }, "signing keys rotated");
    },
  };
}

async function planFor(keys: readonly StoredKey[], keySecret: string, now: Date, schedule: KeySchedule) {
  const opened = await Promise.all(keys.map((key) => openKey(key, keySecret)));
  return planKeys(
    keys,
    keys.filter((_, i) => opened[i]),
    now,
    schedule,
  );
}

/** Plans again under the lock, since another process may have been first. */
async function carryOut(tx: Transaction, keySecret: string, now: Date, schedule: KeySchedule): Promise<StoredKey[]> {
  await lockSigningKeys(tx);
  const { make, remove } = await planFor(await listSigningKeys(tx), keySecret, now, schedule);
  for (const useTime of make) await insertSigningKey(tx, await makeKey(useTime, now, keySecret));
  await deleteSigningKeys(tx, remove);
  return listSigningKeys(tx);
}

async function ringKey(key: StoredKey, keySecret: string): Promise<RingKey> {
  const [publicKey, privateKey] = await Promise.all([openPublicKey(key), openKey(key, keySecret)]);
  return { id: key.id, useTime: key.useTime, publicJwk: key.publicKey, publicKey, privateKey };
}

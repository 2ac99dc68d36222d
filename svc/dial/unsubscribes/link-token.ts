/**
 * The token of an unsubscribe link: tenant, attempt, program and address, encrypted and bound together (AES-256-GCM), so that a link shows
 * nothing, cannot be made up, and needs no row of any table to work. Pure. The form of a token never changes: emails are kept for years.
 */
import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync } from "node:crypto";

/** What a link says. */
export interface LinkFacts {
  tenantId: string;
  attemptId: string;
  /** The program of the email; empty for the tenant's usual one. */
  programId: string;
  /** The address that the email went to. */
  address: string;
}

/** Makes and reads the tokens of links. */
export interface LinkTokens {
  make(facts: LinkFacts): string;
  /** undefined for everything that is no token of ours. */
  read(token: string): LinkFacts | undefined;
}

interface LinkKey {
  id: Buffer;
  encrypting: Buffer;
  naming: Buffer;
}

const CIPHER = "aes-256-gcm";
const KEY_BYTES = 32;
const KEY_ID_BYTES = 4;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const UUID_BYTES = 16;
const IDS_BYTES = 3 * UUID_BYTES;
const HEAD_BYTES = KEY_ID_BYTES + NONCE_BYTES;
const LEAST_BYTES = HEAD_BYTES + IDS_BYTES + TAG_BYTES;
/** With the longest address that a mail server takes. */
const LONGEST_TOKEN = 700;
const PURPOSE = Buffer.from("herald link: unsubscribe");

/** `keys`: long random texts. The first makes new links; links of all others still work. */
export function linkTokens(keys: readonly [string, ...string[]]): LinkTokens {
  const known = keys.map(linkKey);
  const [newest] = known as [LinkKey];
  return {
    make(facts) {
      const plain = Buffer.concat([
        ...[facts.tenantId, facts.attemptId, facts.programId].map(uuidBytes),
        Buffer.from(facts.address),
      ]);
      // Made from the content: the same email always has the same link, and no two contents share a nonce.
      const nonce = createHmac("sha256", newest.naming).update(plain).digest().subarray(0, NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, newest.encrypting, nonce).setAAD(PURPOSE);
      const sealed = [newest.id, nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()];
      return Buffer.concat(sealed).toString("base64url");
    },

    read(token) {
      if (token.length > LONGEST_TOKEN || !/^[\w-]+$/.test(token)) return undefined;
      const bytes = Buffer.from(token, "base64url");
      // Other letters at the end may mean the same bytes; a link has one form.
      if (bytes.length < LEAST_BYTES || bytes.toString("base64url") !== token) return undefined;
      const key = known.find(({ id }) => id.equals(bytes.subarray(0, KEY_ID_BYTES)));
      const plain = key && opened(key, bytes);
      return plain && factsOf(plain);
    },
  };
}

function opened(key: LinkKey, bytes: Buffer): Buffer | undefined {
  const decipher = createDecipheriv(CIPHER, key.encrypting, bytes.subarray(KEY_ID_BYTES, HEAD_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(PURPOSE).setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(HEAD_BYTES, -TAG_BYTES)), decipher.final()]);
  } catch {
    return undefined;
  }
}

const factsOf = (plain: Buffer): LinkFacts => ({
  tenantId: uuidAt(plain, 0),
  attemptId: uuidAt(plain, UUID_BYTES),
  programId: uuidAt(plain, 2 * UUID_BYTES),
  address: plain.subarray(IDS_BYTES).toString(),
});

/** The id of a key is a digest of its own, so that it shows nothing of the key. */
function linkKey(given: string): LinkKey {
  const derived = Buffer.from(hkdfSync("sha256", given, "", "herald links", 2 * KEY_BYTES));
  return {
    id: createHash("sha256").update(`herald link key id ${given}`).digest().subarray(0, KEY_ID_BYTES),
    encrypting: derived.subarray(0, KEY_BYTES),
    naming: derived.subarray(KEY_BYTES),
  };
}

/** An empty id is all zeros. */
function uuidBytes(id: string): Buffer {
  const bytes = Buffer.alloc(UUID_BYTES);
  bytes.write(id.replaceAll("-", ""), "hex");
  return bytes;
}

function uuidAt(bytes: Buffer, at: number): string {
  const hex = bytes.toString("hex", at, at + UUID_BYTES);
  if (/^0+$/.test(hex)) return "";
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

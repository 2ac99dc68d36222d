/** Makes keys for DKIM, and the DNS records that verify what they sign. */
import { createPublicKey, generateKeyPair, type KeyObject } from "node:crypto";
import { promisify } from "node:util";
import { DkimAlgorithm } from "../../../gen/herald/dial/v1/email_domain.ts";

/** A new key, before it is sealed. */
export interface FreshKey {
  algorithm: DkimAlgorithm;
  /** The value of `p=`. */
  publicKey: string;
  pem: string;
}

const RSA_BITS = 2_048;
const newPair = promisify(generateKeyPair);
const RAW_ED25519_BYTES = 32;

/** One key of each algorithm: RSA, which every receiver knows, and Ed25519. */
export async function freshKeys(): Promise<FreshKey[]> {
  const [rsa, ed25519] = await Promise.all([newPair("rsa", { modulusLength: RSA_BITS }), newPair("ed25519")]);
  return [
    freshKey(DkimAlgorithm.DKIM_ALGORITHM_RSA, rsa.privateKey),
    freshKey(DkimAlgorithm.DKIM_ALGORITHM_ED25519, ed25519.privateKey),
  ];
}

function freshKey(algorithm: DkimAlgorithm, key: KeyObject): FreshKey {
  const spki = createPublicKey(key).export({ type: "spki", format: "der" });
  const published = algorithm === DkimAlgorithm.DKIM_ALGORITHM_ED25519 ? spki.subarray(-RAW_ED25519_BYTES) : spki;
  return {
    algorithm,
    publicKey: published.toString("base64"),
    pem: key.export({ type: "pkcs8", format: "pem" }),
  };
}

/** `h20260302ab12r`: the day and a few letters, so that no two keys of a domain share one. */
export function selectorOf(algorithm: DkimAlgorithm, now: Date, letters: string): string {
  const day = now.toISOString().slice(0, 10).replaceAll("-", "");
  return `h${day}${letters}${algorithm === DkimAlgorithm.DKIM_ALGORITHM_RSA ? "r" : "e"}`;
}

export const recordName = (selector: string, domain: string): string => `${selector}._domainkey.${domain}`;

export const recordValue = (algorithm: DkimAlgorithm, publicKey: string): string =>
  `v=DKIM1; k=${algorithm === DkimAlgorithm.DKIM_ALGORITHM_RSA ? "rsa" : "ed25519"}; p=${publicKey}`;

/** What is wrong with the TXT records at the key's name, for people; empty if they are right. */
export function problemOf(records: readonly string[], publicKey: string): string {
  const ours = records.filter((record) => /(?:^|;)\s*p\s*=/i.test(record));
  if (ours.length === 0)
    return records.length === 0
      ? "There is no TXT record of this name yet."
      : "The TXT record of this name holds no key (p=).";
  if (ours.length > 1) return "There are several TXT records with a key of this name; only one may be there.";
  const found = /(?:^|;)\s*p\s*=([^;]*)/i.exec(ours[0] ?? "")?.[1]?.replaceAll(/\s/g, "") ?? "";
  if (found === publicKey) return "";
  return publicKey.startsWith(found) && found !== ""
    ? "The record is cut off: publish the whole value, in pieces of 255 characters."
    : "The record holds another key.";
}

/** How wrong passwords slow down the next try: for an account, for an address, for the account from one address, and for a known device. */
import { createHash } from "node:crypto";
import { networkOf } from "../../lib/request/networks.ts";
import { accountHash } from "./credentials.ts";

/** So many tries are free. After them, each try has to wait twice as long as the one before, up to `mostMs`. */
export interface Pace {
  free: number;
  mostMs: number;
}

/** A key for which tries are counted, and its pace. */
export interface PacedKey {
  key: Buffer;
  pace: Pace;
}

export interface PaceRules {
  /** Wrong passwords of one account that are free. */
  wrongPasswords: number;
  /** The longest wait, and how long tries are remembered. */
  wrongPasswordsWindowMs: number;
}

const FIRST_WAIT_MS = 1_000;
/** Somebody with the right password must not wait long because others guess elsewhere, nor a whole office because of one colleague. */
const SHARED_MOST_MS = 60_000;
const FREE_OF_ADDRESS = 50;

/** The wait after this many tries. */
export const waitAfter = (tries: number, { free, mostMs }: Pace): number =>
  tries < free ? 0 : Math.min(mostMs, FIRST_WAIT_MS * 2 ** Math.min(tries - free, 30));

/**
 * The keys that slow a try down. From a known device only the device counts, so strangers cannot keep its owner out. From elsewhere the
 * account, the address, and most of all the account from this address count: guessing from one place hardly slows down the owner in another.
 */
export function pacedKeys(
  {
    tenant,
    email,
    address,
    deviceId,
  }: { tenant: string; email: string; address: string; deviceId: string | undefined },
  { wrongPasswords, wrongPasswordsWindowMs }: PaceRules,
): PacedKey[] {
  const long = { free: wrongPasswords, mostMs: wrongPasswordsWindowMs };
  if (deviceId !== undefined) return [{ key: hashOf("device", deviceId), pace: long }];
  const account = accountHash(tenant, email);
  const network = networkOf(address);
  const short = Math.min(SHARED_MOST_MS, wrongPasswordsWindowMs);
  if (address === "") return [{ key: account, pace: { free: wrongPasswords, mostMs: short } }];
  return [
    // Fewer free tries for the account from one address, so that its wait begins before that of the whole account.
    {
      key: hashOf("pair", `${account.toString("hex")} ${network}`),
      pace: { ...long, free: Math.ceil(wrongPasswords / 2) },
    },
    { key: account, pace: { free: 2 * wrongPasswords, mostMs: short } },
    { key: hashOf("address", network), pace: { free: FREE_OF_ADDRESS, mostMs: short } },
  ];
}

const hashOf = (kind: string, text: string): Buffer => createHash("sha256").update(`${kind}\n${text}`).digest();

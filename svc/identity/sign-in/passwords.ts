/** Hashes and verifies passwords with argon2id, never more at once than the machine can bear. */
import { hash, type Options, verify } from "@node-rs/argon2";
import { FairSlots } from "../../lib/async/fair-slots.ts";
import { RpcError, status } from "../../lib/errors/errors.ts";

/** argon2id at OWASP's recommendation: 19 MiB, two passes, one lane; about 20 ms of one core. */
const COST: Options = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** As many at once as do not starve the event loop; as many may wait as are served within about two seconds. */
const MOST_AT_ONCE = 2;
const MOST_WAITING = 100;
/** Limits for one address or tenant: one that sends as fast as it can must not make others wait for long. */
const MOST_WAITING_OF_ONE = 20;

/** `whose` is the address, or the tenant, on whose behalf the work is done. */
export interface Passwords {
  hash(password: string, whose: string): Promise<string>;
  /** Verifies against the hash of a user. Without a user it takes the same time and fails. */
  matches(password: string, storedHash: string | undefined, whose: string): Promise<boolean>;
}

export function createPasswords(): Passwords {
  const slots = new FairSlots({
    most: MOST_AT_ONCE,
    mostWaiting: MOST_WAITING,
    mostWaitingOfOne: MOST_WAITING_OF_ONE,
    refuse: overloaded,
  });
  const limited = <T>(whose: string, work: () => Promise<T>) => slots.run({ owner: whose }, work);
  // The hash of a password that nobody has: 32 random bytes, different in every process.
  const dummy = limited("", () => hash(crypto.getRandomValues(new Uint8Array(32)), COST));
  return {
    hash: (password, whose) => limited(whose, () => hash(password, COST)),
    async matches(password, storedHash, whose) {
      const compared = storedHash ?? (await dummy);
      const same = await limited(whose, () => verify(compared, password));
      return same && storedHash !== undefined;
    },
  };
}

const overloaded = () =>
  new RpcError(status.RESOURCE_EXHAUSTED, "Too many people sign in at this moment. Try again in a few seconds.", {
    reason: "ERROR_REASON_RATE_LIMITED",
    retryAfterMs: 3_000,
  });

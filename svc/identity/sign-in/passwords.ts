/** Passwords: argon2id, and never more at once than the machine can bear. */
import { hash, type Options, verify } from "@node-rs/argon2";
import { RpcError, status } from "../../lib/errors/errors.ts";

/** argon2id at OWASP's recommendation: 19 MiB, two passes, one lane; about 20 ms of one core. */
const COST: Options = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** As many as run beside the event loop without starving it; and as many waiting as are served within about two seconds. */
const AT_ONCE = 2;
const WAITING = 100;
/** And of those so many of one address or tenant: who sends as fast as it can makes nobody else wait for long. */
const WAITING_OF_ONE = 20;

/** `whose` is the address, or the tenant, on whose behalf the work is done. */
export interface Passwords {
  hash(password: string, whose: string): Promise<string>;
  /** Verifies against the hash of a user, or takes the same time for nothing when there is none. */
  matches(password: string, storedHash: string | undefined, whose: string): Promise<boolean>;
}

export function createPasswords(): Passwords {
  const limited = limiter(AT_ONCE, WAITING, WAITING_OF_ONE);
  // Of a password that nobody has: 32 random bytes, made anew by every process.
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

type Limited = <T>(whose: string, work: () => Promise<T>) => Promise<T>;

/** Runs at most `atOnce` pieces of work; more wait, and beyond `waiting`, or `ofOne` of the same, they are refused at once. */
function limiter(atOnce: number, waiting: number, ofOne: number): Limited {
  let running = 0;
  const queue: { whose: string; begin: () => void }[] = [];
  const isFull = (whose: string) =>
    queue.length >= waiting || queue.filter((one) => one.whose === whose).length >= ofOne;
  return async (whose, work) => {
    if (running >= atOnce) {
      if (isFull(whose)) throw overloaded();
      await new Promise<void>((begin) => queue.push({ whose, begin }));
    } else running += 1;
    try {
      return await work();
    } finally {
      const next = queue.shift();
      if (next) next.begin();
      else running -= 1;
    }
  };
}

const overloaded = () =>
  new RpcError(status.RESOURCE_EXHAUSTED, "Too many people sign in at this moment. Try again in a few seconds.", {
    reason: "ERROR_REASON_RATE_LIMITED",
    retryAfterMs: 3_000,
  });

/** Passwords: argon2id, and never more at once than the machine can bear. */
import { hash, type Options, verify } from "@node-rs/argon2";
import { RpcError, status } from "../lib/errors.ts";

/** argon2id at OWASP's recommendation: 19 MiB, two passes, one lane; about 20 ms of one core. */
const COST: Options = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** As many as run beside the event loop without starving it; and as many waiting as are served within about two seconds. */
const AT_ONCE = 2;
const WAITING = 100;

export interface Passwords {
  hash(password: string): Promise<string>;
  /** Verifies against the hash of a user, or takes the same time for nothing when there is none. */
  matches(password: string, storedHash: string | undefined): Promise<boolean>;
}

export function createPasswords(): Passwords {
  const limited = limiter(AT_ONCE, WAITING);
  // Of a password that nobody has: 32 random bytes, made anew by every process.
  const dummy = limited(() => hash(crypto.getRandomValues(new Uint8Array(32)), COST));
  return {
    hash: (password) => limited(() => hash(password, COST)),
    async matches(password, storedHash) {
      const compared = storedHash ?? (await dummy);
      const same = await limited(() => verify(compared, password));
      return same && storedHash !== undefined;
    },
  };
}

/** Runs at most `atOnce` pieces of work; more wait, and beyond `waiting` they are refused at once. */
function limiter(atOnce: number, waiting: number): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0;
  const queue: (() => void)[] = [];
  return async (work) => {
    if (running >= atOnce) {
      if (queue.length >= waiting) throw overloaded();
      await new Promise<void>((resolve) => queue.push(resolve));
    } else running += 1;
    try {
      return await work();
    } finally {
      const next = queue.shift();
      if (next) next();
      else running -= 1;
    }
  };
}

const overloaded = () =>
  new RpcError(status.RESOURCE_EXHAUSTED, "Too many people sign in at this moment. Try again in a few seconds.", {
    reason: "ERROR_REASON_RATE_LIMITED",
    retryAfterMs: 3_000,
  });

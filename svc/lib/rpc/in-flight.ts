/**
 * Limits how many calls people and programs may have in a service at once, by caller and by tenant. Streams are counted separately, since
 * each may last for hours. Calls between services are not counted; services limit themselves.
 */
import type { Identity } from "./context.ts";
import { RpcError, status } from "../errors/errors.ts";

interface InFlightLimits {
  ofCaller: number;
  ofTenant: number;
}

/** Enough for one person's open pages and programs, with room left for all other tenants. */
const MOST_STREAMS: InFlightLimits = { ofCaller: 64, ofTenant: 256 };
const MOST_CALLS: InFlightLimits = { ofCaller: 400, ofTenant: 800 };

const RETRY_AFTER_MS = 1_000;

class InFlight {
  readonly #what: string;
  readonly #limits: InFlightLimits;
  readonly #counts = new Map<string, number>();

  /** `what` is the word for people, such as `streams`. */
  constructor(what: string, limits: InFlightLimits) {
    this.#what = what;
    this.#limits = limits;
  }

  /** Adds a call to the count, or throws RESOURCE_EXHAUSTED. Gives the function that subtracts it again. */
  enter({ caller, tenantId }: Identity): () => void {
    const [ofCaller, ofTenant] = [`${tenantId} ${caller.id}`, tenantId];
    this.#refuseAbove(ofCaller, this.#limits.ofCaller, "caller");
    this.#refuseAbove(ofTenant, this.#limits.ofTenant, "tenant");
    this.#add(ofCaller, 1);
    this.#add(ofTenant, 1);
    return () => {
      this.#add(ofCaller, -1);
      this.#add(ofTenant, -1);
    };
  }

  #refuseAbove(key: string, most: number, whose: string): void {
    if ((this.#counts.get(key) ?? 0) < most) return;
    throw new RpcError(
      status.RESOURCE_EXHAUSTED,
      `This ${whose} has ${most} ${this.#what} open here, which is as many as may be at once; end one, or try again later.`,
      {
        reason: "ERROR_REASON_RATE_LIMITED",
        metadata: { whose, most: String(most) },
        retryAfterMs: RETRY_AFTER_MS,
      },
    );
  }

  #add(key: string, by: number): void {
    const count = (this.#counts.get(key) ?? 0) + by;
    if (count > 0) this.#counts.set(key, count);
    else this.#counts.delete(key);
  }
}

/** What all RPCs of one server count together. */
export const newInFlight = () => ({
  streams: new InFlight("streams", MOST_STREAMS),
  calls: new InFlight("calls", MOST_CALLS),
});

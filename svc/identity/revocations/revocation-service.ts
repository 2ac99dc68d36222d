/** The RPCs of RevocationService. */
import type {
  RevocationServiceImplementation,
  WatchRevocationsResponse,
} from "../../../gen/herald/identity/v1/revocation_service.ts";
import { BoundedQueue } from "../../lib/async/batch.ts";
import type { Handlers } from "../../lib/rpc/context.ts";
import { dependencyUnavailable } from "../../lib/errors/errors.ts";
import type { RevocationFeed } from "./revocation-feed.ts";

/** A follower may be so many messages behind. If it falls further behind, its stream ends and it starts again. */
const MOST_BEHIND = 1_000;

export const revocationService = ({ feed }: { feed: RevocationFeed }): Handlers<RevocationServiceImplementation> => ({
  async *watchRevocations(_req, ctx) {
    const queue = new BoundedQueue<WatchRevocationsResponse>(MOST_BEHIND);
    const leave = feed.follow((news) => queue.offer(news) || queue.end(dependencyUnavailable("identity")));
    const stop = () => queue.end();
    ctx.signal.addEventListener("abort", stop, { once: true });
    try {
      yield* queue;
    } finally {
      leave();
      ctx.signal.removeEventListener("abort", stop);
    }
  },
});

/** Follows the revocations of `identity`, for as long as the service runs. */
import type { RevocationServiceDefinition } from "../../../gen/herald/identity/v1/revocation_service.ts";
import type { Calls } from "../client/client.ts";
import type { Logger } from "../observe/log.ts";
import type { Revocations } from "./revocations.ts";
import { backoffMs, pause } from "../async/time.ts";

/** A message comes every two seconds. A stream that is silent for this long is dead, even if it seems to be open. */
const SILENCE_MS = 10_000;

interface FollowDeps {
  revocations: Revocations;
  identity: Calls<typeof RevocationServiceDefinition>;
  log: Logger;
}

export function followRevocations(followed: FollowDeps): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const ended = follow(followed, stopping.signal);
  return {
    async stop() {
      stopping.abort();
      await ended;
    },
  };
}

async function follow({ revocations, identity, log }: FollowDeps, stopping: AbortSignal): Promise<void> {
  for (let failures = 0; !stopping.aborted;) {
    const silence = new AbortController();
    const signal = AbortSignal.any([stopping, silence.signal]);
    const timer = setTimeout(() => silence.abort(), SILENCE_MS);
    try {
      for await (const news of identity.watchRevocations({}, { tenantId: "*", timeoutMs: Infinity, signal })) {
        if (news.whole) revocations.replace(news.revocations);
        else revocations.add(news.revocations);
        if (failures > 0) log.info("revocations are followed again");
        failures = 0;
        timer.refresh();
      }
    } catch (error) {
      if (!stopping.aborted && failures === 0) log.warn({ error }, "revocations of tokens cannot be followed");
    } finally {
      clearTimeout(timer);
    }
    failures += 1;
    await pause(backoffMs(failures, { baseMs: 100, mostMs: 2_000 }), stopping);
  }
}

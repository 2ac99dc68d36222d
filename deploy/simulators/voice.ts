/** The simulated voice network: a gRPC server of the contract that every voice adapter speaks. */
import {
  type CallsResponse,
  VoiceAdapterServiceDefinition,
  type VoiceAdapterServiceImplementation,
} from "../../gen/herald/dial/v1/voice_adapter_service.ts";
import { createAuthenticator } from "../../svc/lib/auth/auth.ts";
import { BoundedQueue } from "../../svc/lib/async/batch.ts";
import type { Handlers } from "../../svc/lib/rpc/context.ts";
import { Health } from "../../svc/lib/service/health.ts";
import { createLog } from "../../svc/lib/observe/log.ts";
import { VOICE_ADAPTER } from "../../svc/lib/auth/mesh-token.ts";
import { Metrics } from "../../svc/lib/observe/metrics.ts";
import { Revocations } from "../../svc/lib/auth/revocations.ts";
import { serve, startServer } from "../../svc/lib/rpc/server.ts";
import { Checks } from "../../svc/lib/request/validate.ts";
import { VoiceCalls, type VoiceOptions } from "./voice-calls.ts";

export interface VoiceSimulator {
  /** `host:port` of the gRPC server. */
  address: string;
  calls: VoiceCalls;
  stop(): Promise<void>;
}

/** A dialer may be so many events behind. One that is further behind must ask with QueryCalls. */
const EVENTS_BEHIND = 100_000;

export async function startVoice(
  options: VoiceOptions & { host: string; port: number; voiceKey: string },
): Promise<VoiceSimulator> {
  const calls = new VoiceCalls(options);
  const log = createLog("voice-simulator", "warn");
  const health = new Health(log);
  const server = await startServer({
    services: [serve(VoiceAdapterServiceDefinition, voiceHandlers(calls))],
    health,
    log,
    metrics: new Metrics("voice-simulator"),
    authenticator: createAuthenticator({
      keys: { key: () => Promise.resolve(undefined) },
      audience: { name: VOICE_ADAPTER, key: options.voiceKey },
    }),
    revocations: new Revocations(),
    revocationGraceMs: Infinity,
    audit: undefined,
    gate: () => {},
    host: options.host,
    port: options.port,
    tls: undefined,
    drainMs: 500,
  });
  health.started();
  return {
    address: `${options.host}:${server.port}`,
    calls,
    async stop() {
      calls.stop();
      await server.stop();
    },
  };
}

function voiceHandlers(calls: VoiceCalls): Handlers<VoiceAdapterServiceImplementation> {
  return {
    async *calls(requests) {
      const events = new BoundedQueue<CallsResponse>(EVENTS_BEHIND);
      const deaf = calls.listen(
        (event) => void (events.offer(event) || events.end(new Error("This dialer is too far behind."))),
      );
      void obeyAll(requests, calls).then(
        () => events.end(),
        (error: Error) => events.end(error),
      );
      try {
        yield* events;
      } finally {
        deaf();
      }
    },
    async queryCalls({ attemptIds }) {
      const check = new Checks();
      check.count("attempt_ids", attemptIds, { most: 1_000 });
      check.done();
      return { calls: attemptIds.map((attemptId) => calls.status(attemptId)) };
    },
  };
}

async function obeyAll(
  requests: Parameters<VoiceAdapterServiceImplementation["calls"]>[0],
  calls: VoiceCalls,
): Promise<void> {
  for await (const request of requests) calls.obey(request);
}

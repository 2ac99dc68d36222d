/** A gRPC server that speaks SuppressionListService.StreamEntries as a test tells it to: for silences, gaps and repeats that `lists` would not make. */
import type { TestContext } from "node:test";
import { createServer, type CallContext } from "nice-grpc";
import { SuppressionKind, SuppressionList } from "../../gen/herald/lists/v1/suppression_list.ts";
import {
  StreamEntriesResponse,
  type StreamEntriesRequest,
  SuppressionListServiceDefinition,
} from "../../gen/herald/lists/v1/suppression_list_service.ts";
import { pause } from "../../svc/lib/time.ts";
import { newId } from "../lib/harness.ts";

type Change = Partial<Omit<StreamEntriesResponse, "sequence">>;

const HEARTBEAT_MS = 200;

export class EntriesServer {
  /** What a snapshot holds. */
  snapshot: Change[] = [];
  /** Sequences that were asked for, in order. */
  readonly asked: number[] = [];
  /** While true nothing is sent, not even heartbeats. */
  silent = false;
  address = "";
  readonly #log: StreamEntriesResponse[] = [];
  #sequence = 100;

  /** Accepts a change now. */
  accept(change: Change): void {
    this.#sequence += 1;
    this.#log.push(StreamEntriesResponse.fromPartial({ acceptTime: new Date(), ...change, sequence: this.#sequence }));
  }

  async *stream(
    { afterSequence }: StreamEntriesRequest,
    signal: AbortSignal,
  ): AsyncGenerator<StreamEntriesResponse, void> {
    this.asked.push(afterSequence);
    let position = afterSequence;
    if (afterSequence === 0 || afterSequence > this.#sequence) {
      position = this.#sequence;
      yield this.#message({ snapshotStart: true }, position);
      for (const change of this.snapshot) yield this.#message(change, position);
      yield this.#message({ snapshotEnd: true }, position);
    }
    while (!signal.aborted) {
      for (const message of this.silent ? [] : this.#log.filter(({ sequence }) => sequence > position)) {
        yield message;
        position = message.sequence;
      }
      if (!this.silent) yield this.#message({ acceptTime: new Date() }, position);
      for (
        let waited = 0;
        waited < HEARTBEAT_MS && !signal.aborted && (this.silent || position === this.#sequence);
        waited += 5
      )
        await pause(5);
    }
  }

  #message(change: Change, sequence: number): StreamEntriesResponse {
    return StreamEntriesResponse.fromPartial({ ...change, sequence });
  }
}

/** Starts one; it ends with the test. */
export async function entriesServer(t: TestContext): Promise<EntriesServer> {
  const entries = new EntriesServer();
  const server = createServer();
  const { streamEntries } = SuppressionListServiceDefinition.methods;
  server.add(
    { ...SuppressionListServiceDefinition, methods: { streamEntries } },
    { streamEntries: (request: StreamEntriesRequest, { signal }: CallContext) => entries.stream(request, signal) },
  );
  entries.address = `127.0.0.1:${await server.listen("127.0.0.1:0")}`;
  t.after(() => server.forceShutdown());
  return entries;
}

/** A list of devices, required unless said otherwise. */
export const deviceList = (more: Partial<SuppressionList> = {}): SuppressionList =>
  SuppressionList.fromPartial({
    id: newId(),
    name: "Do not call",
    kind: SuppressionKind.SUPPRESSION_KIND_DEVICE,
    required: true,
    ...more,
  });

/** Entries that hold for ever. */
export const always = (...values: string[]) =>
  values.map((value) => ({ value, fromTime: undefined, untilTime: undefined, reason: "", createTime: undefined }));

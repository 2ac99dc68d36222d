/** A gRPC server with StreamEntries and GetSuppressionList that a test controls: for silences, gaps and repetitions that the real `lists` would not make. */
import type { TestContext } from "node:test";
import { decodeJwt } from "jose";
import { createServer, type CallContext, ServerError, Status } from "nice-grpc";
import { SuppressionKind, SuppressionList } from "../../gen/herald/lists/v1/suppression_list.ts";
import {
  type GetSuppressionListRequest,
  StreamEntriesResponse,
  type StreamEntriesRequest,
  SuppressionListServiceDefinition,
} from "../../gen/herald/lists/v1/suppression_list_service.ts";
import { pause } from "../../svc/lib/async/time.ts";
import { newId } from "../lib/harness.ts";

type Change = Partial<Omit<StreamEntriesResponse, "sequence">>;

const HEARTBEAT_MS = 200;

export class EntriesServer {
  /** The content of a snapshot. */
  snapshot: Change[] = [];
  /** The sequences that were requested, in order. */
  readonly asked: number[] = [];
  /** While this is true nothing is sent, not even heartbeats. */
  silent = false;
  /** Lists that GetSuppressionList finds, with their tenants. The stream may not have sent them yet. */
  readonly existing = new Map<string, string>();
  address = "";
  readonly #log: StreamEntriesResponse[] = [];
  #sequence = 100;

  /** Makes a change now. */
  accept(change: Change): void {
    this.#sequence += 1;
    if (change.suppressionList) this.existing.set(change.suppressionList.id, change.tenantId ?? "");
    if (change.removedListId) this.existing.delete(change.removedListId);
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

/** Starts a server, which ends with the test. */
export async function entriesServer(t: TestContext): Promise<EntriesServer> {
  const entries = new EntriesServer();
  const server = createServer();
  const { streamEntries, getSuppressionList } = SuppressionListServiceDefinition.methods;
  server.add(
    { ...SuppressionListServiceDefinition, methods: { streamEntries, getSuppressionList } },
    {
      streamEntries: (request: StreamEntriesRequest, { signal }: CallContext) => entries.stream(request, signal),
      async getSuppressionList({ suppressionListId }: GetSuppressionListRequest, { metadata }: CallContext) {
        const { tid } = decodeJwt(metadata.get("authorization")?.replace("Bearer ", "") ?? "");
        if (entries.existing.get(suppressionListId) !== tid) throw new ServerError(Status.NOT_FOUND, "no such list");
        return { suppressionList: { id: suppressionListId } };
      },
    },
  );
  entries.address = `127.0.0.1:${await server.listen("127.0.0.1:0")}`;
  t.after(() => server.forceShutdown());
  return entries;
}

/** A list of devices, which is required unless told otherwise. */
export const deviceList = (more: Partial<SuppressionList> = {}): SuppressionList =>
  SuppressionList.fromPartial({
    id: newId(),
    name: "Do not call",
    kind: SuppressionKind.SUPPRESSION_KIND_DEVICE,
    required: true,
    ...more,
  });

/** Entries without a beginning or an end. */
export const always = (...values: string[]) =>
  values.map((value) => ({ value, fromTime: undefined, untilTime: undefined, reason: "", createTime: undefined }));

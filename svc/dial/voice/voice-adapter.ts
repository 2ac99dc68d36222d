/** The client of a voice adapter: one stream of commands and events for all calls of this dialer. It is opened again whenever it breaks. */
import {
  type CallsRequest,
  type CallsResponse,
  VoiceAdapterServiceDefinition,
} from "../../../gen/herald/dial/v1/voice_adapter_service.ts";
import type { CallStatus, Originate } from "../../../gen/herald/dial/v1/call.ts";
import { BoundedQueue } from "../../lib/async/batch.ts";
import type { Calls, Connection } from "../../lib/client/client.ts";
import { pause } from "../../lib/async/time.ts";
import type { ProviderEvents } from "../events.ts";
import { ProviderState } from "../pipeline/send/provider-state.ts";

export type CallEvent = NonNullable<CallsResponse["event"]>;
type Command = NonNullable<CallsRequest["command"]>;

/** Gets the events of its own calls, and learns when the stream was away and events may have been missed. */
export interface CallListener {
  event(attemptId: string, event: CallEvent): void;
  reconnected(): void;
}

const QUERY_MOST = 1_000;
const QUERY_MS = 5_000;
/** So many commands may wait to be written. An adapter that is further behind counts as away. */
const COMMANDS_MOST = 10_000;
/** A stream that stood for so long works. An adapter that is stopping may still answer queries. */
const STEADY_MS = 100;

export class VoiceAdapter {
  readonly #connection: Connection;
  readonly #client: Calls<typeof VoiceAdapterServiceDefinition>;
  readonly #state: ProviderState;
  readonly #stopping = new AbortController();
  readonly #listening: Promise<void>;
  readonly #owners = new Map<string, CallListener>();
  #commands: BoundedQueue<CallsRequest> | undefined;

  constructor(connection: Connection, events: ProviderEvents) {
    this.#connection = connection;
    this.#client = connection.client(VoiceAdapterServiceDefinition);
    this.#state = new ProviderState("voice", events);
    this.#state.trouble = "The voice adapter is not connected yet.";
    this.#listening = this.#listenForever();
  }

  get trouble(): string {
    return this.#state.trouble;
  }

  /** Passes on the events of this call until `forget`. */
  follow(attemptId: string, listener: CallListener): void {
    this.#owners.set(attemptId, listener);
  }

  forget(attemptId: string): void {
    this.#owners.delete(attemptId);
  }

  /** Sends a command. False when it was not sent. */
  originate(attemptId: string, originate: Originate): boolean {
    return this.#command(attemptId, { $case: "originate", originate });
  }

  connectAgent(attemptId: string, agentId: string): void {
    this.#command(attemptId, { $case: "connectAgent", connectAgent: { agentId } });
  }

  hangUp(attemptId: string): void {
    this.#command(attemptId, { $case: "hangUp", hangUp: {} });
  }

  /** Asks for the fate of calls; rejects when the adapter does not answer. */
  async query(attemptIds: readonly string[]): Promise<CallStatus[]> {
    const fates: CallStatus[] = [];
    for (let i = 0; i < attemptIds.length; i += QUERY_MOST) {
      const { calls } = await this.#client.queryCalls(
        { attemptIds: attemptIds.slice(i, i + QUERY_MOST) },
        { tenantId: "*", timeoutMs: QUERY_MS },
      );
      fates.push(...calls);
    }
    return fates;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#commands?.end();
    await this.#listening;
    this.#connection.close();
  }

  #command(attemptId: string, command: Command): boolean {
    return this.#commands?.offer({ attemptId, command }) ?? false;
  }

  async #listenForever(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      try {
        await this.query([]); // shows whether the adapter answers, and otherwise the reason
        await this.#listen(signal);
        throw new Error("the stream ended");
      } catch {
        if (signal.aborted) return;
        await pause(this.#state.down("The voice adapter does not answer."), signal);
      }
    }
  }

  #connected(): void {
    this.#state.up();
    for (const listener of new Set(this.#owners.values())) listener.reconnected();
  }

  async #listen(signal: AbortSignal): Promise<void> {
    const commands = new BoundedQueue<CallsRequest>(COMMANDS_MOST);
    this.#commands = commands;
    const steady = setTimeout(() => this.#connected(), STEADY_MS);
    try {
      const events = this.#client.calls(commands, { tenantId: "*", timeoutMs: Infinity, signal });
      for await (const { attemptId, event } of events) if (event) this.#owners.get(attemptId)?.event(attemptId, event);
    } finally {
      clearTimeout(steady);
      this.#commands = undefined;
      commands.end();
    }
  }
}

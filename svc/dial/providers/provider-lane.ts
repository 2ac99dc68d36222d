/** The way of one session, or one message, to its provider. The provider may become another one meanwhile. */
import type { Attempt } from "../attempts/attempt.ts";
import type { CallStatus, Originate } from "../../../gen/herald/dial/v1/call.ts";
import { type Gate, type MessageProvider, returned, type SendResult } from "../pipeline/send/message-provider.ts";
import { ProviderSlots } from "../pipeline/send/provider-slots.ts";
import type { CallListener, VoiceAdapter } from "../voice/voice-adapter.ts";
import type { ProviderChoice } from "./provider-choice.ts";
import type { OpenProvider } from "./open-provider.ts";
import { isSameRoute, OPERATORS, type ProviderRoute } from "./provider-route.ts";

/** Where a lane leads. */
export interface LaneTarget {
  open: OpenProvider;
  /** For people; empty for the operator's. */
  name: string;
  /** Sender of those that name none. */
  sender: string;
  take: () => void;
  release: () => void;
}

/** Where attempts go now, and from which sender if they name none. */
export interface LaneState {
  route: ProviderRoute;
  sender: string;
}

/** While a lane leads nowhere, nobody gets a slot. */
const NO_SLOTS = new ProviderSlots({ base: 0, most: 1 });

export class Lane implements MessageProvider {
  choice: ProviderChoice;
  /** Called after the lane leads elsewhere, or to another sender. */
  changed: (state: LaneState) => void = () => {};
  readonly #left: (lane: Lane) => void;
  #target: LaneTarget | undefined;
  #why = "";
  #hasLeft = false;
  /** The adapters that have our calls. */
  readonly #calls = new Map<string, OpenProvider>();
  #waiters: (() => void)[] = [];

  constructor(choice: ProviderChoice, left: (lane: Lane) => void) {
    this.choice = choice;
    this.#left = left;
  }

  /** Leads the lane to other connections, or nowhere. Gives whether that is news. */
  lead(target: LaneTarget | undefined, why: string): boolean {
    if (this.#hasLeft) return false;
    const before = this.#target;
    const isNew = target?.open !== before?.open;
    const isOther = isNew || target?.sender !== before?.sender;
    if (isNew) {
      target?.take();
      before?.release();
    }
    this.#target = target;
    this.#why = why;
    for (const wake of this.#waiters.splice(0)) wake();
    if (isOther) this.changed(this.state);
    return isNew;
  }

  /** The provider is not needed any more. What is under way goes on. */
  leave(): void {
    if (this.#hasLeft) return;
    this.#hasLeft = true;
    this.#target?.release();
    this.#left(this);
  }

  get state(): LaneState {
    return { route: this.#target?.open.route ?? NOWHERE, sender: this.#target?.sender ?? "" };
  }

  get name(): MessageProvider["name"] {
    return this.#messages?.name ?? "smtp";
  }

  get slots(): ProviderSlots {
    return this.#messages?.slots ?? NO_SLOTS;
  }

  /** Why nothing can be sent now, for people; empty while it can. */
  get trouble(): string {
    if (!this.#target) return this.#why;
    const { open, name } = this.#target;
    const trouble = open.trouble || (this.#messages ?? this.#adapter)?.trouble || "";
    return trouble === "" || name === "" ? trouble : `Provider “${name}”: ${trouble}`;
  }

  async whenUp(signal: AbortSignal): Promise<void> {
    while (this.trouble !== "" && !signal.aborted) {
      const ended = new AbortController();
      const until = AbortSignal.any([signal, ended.signal]);
      const other = new Promise<void>((resolve) => {
        this.#waiters.push(resolve);
        until.addEventListener("abort", () => resolve(), { once: true });
      });
      const target = this.#target?.open.trouble === "" ? this.#messages : undefined;
      await Promise.race([other, ...(target ? [target.whenUp(until)] : [])]);
      ended.abort();
    }
  }

  /** An attempt that was prepared for another account goes back, and is made with the present one. */
  async send(attempt: Attempt, gate: Gate): Promise<SendResult> {
    const open = this.#target?.open;
    const messages = this.#messages;
    if (!open || !messages || !isSameRoute(open.route, attempt.route))
      return returned("provider_down", "The provider was changed meanwhile.");
    open.underway += 1;
    try {
      return await messages.send(attempt, gate);
    } finally {
      open.underway -= 1;
    }
  }

  /** Ends nothing: the connections serve others too. */
  async stop(): Promise<void> {}

  /** Passes on the events of this call until `forget`, from the adapter that gets it. */
  follow(attemptId: string, listener: CallListener): void {
    const open = this.#target?.open;
    if (!open || open.connections?.kind !== "calls") return;
    open.underway += 1;
    this.#calls.set(attemptId, open);
    open.connections.adapter.follow(attemptId, listener);
  }

  forget(attemptId: string): void {
    const open = this.#calls.get(attemptId);
    if (!open) return;
    this.#calls.delete(attemptId);
    open.underway -= 1;
    adapterOf(open)?.forget(attemptId);
  }

  /** Sends a command. False when it was not sent; also when the attempt was prepared for another account. */
  originate(attempt: Attempt, originate: Originate): boolean {
    const open = this.#calls.get(attempt.id);
    if (!open || !isSameRoute(open.route, attempt.route)) return false;
    return adapterOf(open)?.originate(attempt.id, originate) ?? false;
  }

  connectAgent(attemptId: string, agentId: string): void {
    adapterOf(this.#calls.get(attemptId))?.connectAgent(attemptId, agentId);
  }

  hangUp(attemptId: string): void {
    adapterOf(this.#calls.get(attemptId))?.hangUp(attemptId);
  }

  /** Asks for the fate of calls, each at the adapter that has it; rejects when one does not answer. */
  async query(attemptIds: readonly string[]): Promise<CallStatus[]> {
    const byAdapter = Map.groupBy(attemptIds, (id) => adapterOf(this.#calls.get(id)));
    const asked = [...byAdapter].map(async ([adapter, ids]) => (await adapter?.query(ids)) ?? []);
    return (await Promise.all(asked)).flat();
  }

  get #messages(): MessageProvider | undefined {
    const connections = this.#target?.open.connections;
    return connections?.kind === "messages" ? connections.provider : undefined;
  }

  get #adapter(): VoiceAdapter | undefined {
    return adapterOf(this.#target?.open);
  }
}

const adapterOf = (open: OpenProvider | undefined): VoiceAdapter | undefined =>
  open?.connections?.kind === "calls" ? open.connections.adapter : undefined;

/** No attempt has this route. */
const NOWHERE: ProviderRoute = { ...OPERATORS, accountVersion: -1 };

/** SMS over SMPP 3.4: one or more binds, each with its window, at the pace that the centre allows. */
import { DeliveryState } from "../../../gen/herald/common/v1/outcome.ts";
import { FairSlots } from "../../lib/async/fair-slots.ts";
import { type Now, pause } from "../../lib/async/time.ts";
import { type MessageFields, STATUS, UDH_INDICATOR } from "../../lib/smpp/pdu.ts";
import type { Attempt } from "../attempts/attempt.ts";
import type { ProviderEvents } from "../events.ts";
import { type Gate, type MessageProvider, returned, type SendResult } from "../pipeline/send/message-provider.ts";
import { ProviderState } from "../pipeline/send/provider-state.ts";
import { ProviderSlots } from "../pipeline/send/provider-slots.ts";
import { type AddressTypes, submitsOf } from "./sms-pdu.ts";
import { readText } from "./sms-decoding.ts";
import { checkedPart, type SmsPart, withoutHeader } from "./sms-parts.ts";
import { messageName, readDelivered, type Receipt } from "./sms-receipt.ts";
import { type BindDirection, SmppLink, type SmppServer, type SubmitAnswer } from "./smpp-link.ts";
import { readSubmit, statusText } from "./smpp-status.ts";
import { Throttle } from "./throttle.ts";
import type { WrittenNumber } from "../inbound/written-number.ts";

export interface SmppProviderOptions {
  server: SmppServer;
  binds: number;
  /** Each bind is a transmitter and a receiver. */
  separateBinds?: boolean;
  addressTypes?: AddressTypes;
  /** Open submits of one bind. */
  window: number;
  unsettledMost: number;
  attemptTlv: boolean;
  validityHours: number;
  events: ProviderEvents;
  now: Now;
}

/** A message from a phone, or one part of it. */
export interface InboundSms {
  from: WrittenNumber;
  to: WrittenNumber;
  text: string;
  part: SmsPart | undefined;
  /** The tenant whose own message centre it came from; missing for the operator's, which serves all tenants. */
  owner?: InboundOwner | undefined;
}

export interface InboundOwner {
  tenantId: string;
  /** Country of numbers without a country code, if nothing else shows it; may be empty. */
  region: string;
}

/** Called for what the centre delivers. Each resolves once it is stored, and rejects to get it again. */
export interface SmppDeliveries {
  /** Gives whether the receipt belongs to a message of ours. */
  receipt(receipt: Receipt): Promise<boolean>;
  inbound(message: InboundSms): Promise<void>;
  /** A receipt that cannot be read. */
  unreadable(message: InboundSms): Promise<void>;
}

/** After the first part of a message was sent, the other parts are tried for this long. */
const PARTS_MS = 30_000;
/** A receipt may come so long after the end of the validity. */
const RECEIPT_GRACE_MS = 3_600_000;
const TEXT_MOST = 10_000;
/** A bind that stood for so long worked, even if nothing was submitted. */
const STOOD_MS = 30_000;
/** Messages from phones that are written down at once, a transaction each: however many come, results and leases get their turn. */
const INBOUND_AT_ONCE = 4;

export class SmppProvider implements MessageProvider {
  readonly name = "smpp";
  readonly slots: ProviderSlots;
  readonly #options: SmppProviderOptions;
  readonly #state: ProviderState;
  readonly #deliveries: SmppDeliveries;
  readonly #throttle = new Throttle(performance.now());
  readonly #stopping = new AbortController();
  readonly #links = new Set<SmppLink>();
  /** Those that take no more submits, and have some that are not answered. */
  readonly #leaving = new Set<SmppLink>();
  /** Those over which messages only come. */
  readonly #receivers = new Set<SmppLink>();
  readonly #binding: Promise<void>[];
  readonly #inbound = new FairSlots({ most: INBOUND_AT_ONCE, mostOfOne: 1 });
  #roomWaiters: (() => void)[] = [];
  /** The centre broke off with submits that it had not answered. Until it answers one, it gets one at a time. */
  #isDoubted = false;

  constructor(options: SmppProviderOptions, deliveries: SmppDeliveries) {
    this.#options = options;
    this.#deliveries = deliveries;
    this.#state = new ProviderState(this.name, options.events);
    this.slots = new ProviderSlots({ base: options.binds * options.window, most: options.unsettledMost });
    this.#state.trouble = "The message centre is not connected yet.";
    const directions: (BindDirection | undefined)[] = options.separateBinds ? ["transmitter", "receiver"] : [undefined];
    this.#binding = Array.from({ length: options.binds }, () => directions)
      .flat()
      .map((one) => this.#stayBound(one));
  }

  get trouble(): string {
    return this.#state.trouble;
  }

  whenUp(signal: AbortSignal): Promise<void> {
    return this.#state.whenUp(signal);
  }

  async send(attempt: Attempt, gate: Gate): Promise<SendResult> {
    let messageId = "";
    const startedAt = performance.now();
    for (const [i, fields] of submitsOf(attempt, this.#options).entries()) {
      const sent = await this.#submit(
        fields,
        i === 0 ? gate : () => (performance.now() - startedAt > PARTS_MS ? "late" : undefined),
      );
      if (sent.kind === "returned" && i > 0)
        return {
          kind: "ended",
          state: DeliveryState.DELIVERY_STATE_FAILED,
          providerStatus: "not all parts",
          providerMessageId: "",
        };
      if (sent.kind !== "accepted") return sent;
      messageId = sent.providerMessageId;
    }
    const receiptUntil = new Date(
      this.#options.now().getTime() + this.#options.validityHours * 3_600_000 + RECEIPT_GRACE_MS,
    );
    return { kind: "accepted", providerMessageId: messageId, receiptUntil };
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all([...this.#links, ...this.#leaving, ...this.#receivers].map((link) => link.unbind()));
    await Promise.all(this.#binding);
  }

  /** Submits one part, and again while the centre says that it is too fast. The gate is asked before each try. */
  async #submit(fields: Partial<MessageFields>, gate: Gate): Promise<SendResult> {
    for (;;) {
      const link = await this.#linkWithRoom();
      const closed = await gate();
      if (closed || !link) {
        this.#wakeNext();
        return closed ? returned(closed) : returned("provider_down", this.trouble);
      }
      // Somebody else may have taken the room while the gate was asked.
      if (!this.#hasRoom(link)) continue;
      const waitMs = this.#throttle.ask(performance.now());
      if (waitMs > 0) {
        this.#wakeNext();
        await pause(waitMs);
        continue;
      }
      const answer = await link.submit(fields);
      if (answer === "unsent") return returned("provider_down", "The connection to the message centre broke.");
      if (answer === "broken") {
        this.#isDoubted = true;
        return { kind: "unknown", providerStatus: "connection broke" };
      }
      this.#answered();
      const sent = this.#read(answer, link);
      if (sent) return sent;
    }
  }

  /** Room is free, or was not taken: whoever waits first looks for it. */
  #wakeNext(): void {
    this.#roomWaiters.shift()?.();
  }

  #wakeAll(): void {
    for (const wake of this.#roomWaiters.splice(0)) wake();
  }

  #answered(): void {
    this.#state.worked();
    if (!this.#isDoubted) return this.#wakeNext();
    this.#isDoubted = false;
    this.#wakeAll();
  }

  /** The meaning of the answer; undefined means to try again. */
  #read(
    { status, messageId }: Exclude<SubmitAnswer, string>,
    link: SmppLink,
  ): (SendResult & { providerMessageId?: string }) | undefined {
    const verdict = readSubmit(status);
    switch (verdict.kind) {
      case "taken":
        return { kind: "accepted", providerMessageId: messageName(messageId), receiptUntil: new Date() };
      case "throttled":
        this.#throttle.slowDown(performance.now());
        this.#options.events.throttled(this.name);
        return undefined;
      case "unbound":
        link.retire(`The message centre does not know our bind any more (${statusText(status)}).`);
        return returned("provider_down", link.whyLeft);
      case "sender":
        return returned("sender_refused", `The message centre refuses the sender (${statusText(status)}).`);
      case "ended":
        return { kind: "ended", state: verdict.state, providerStatus: statusText(status), providerMessageId: "" };
    }
  }

  /** The least busy bind, once one has room; undefined while there is no bind at all. */
  async #linkWithRoom(): Promise<SmppLink | undefined> {
    for (;;) {
      const open = [...this.#links].filter((link) => link.open);
      if (open.length === 0) return undefined;
      const least = open.reduce((a, b) => (b.outstanding < a.outstanding ? b : a));
      if (this.#hasRoom(least)) return least;
      await new Promise<void>((resolve) => this.#roomWaiters.push(resolve));
    }
  }

  #hasRoom(link: SmppLink): boolean {
    return link.open && link.outstanding < (this.#isDoubted ? 1 : this.#options.window);
  }

  /** Keeps one bind up. When it breaks, it is opened again after growing waits. */
  async #stayBound(direction: BindDirection | undefined): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      try {
        await (direction === "receiver" ? this.#receiveOnce() : this.#bindOnce(direction));
      } catch (error) {
        const message = (error as Error).message;
        // The provider is up if another bind is.
        const waitMs = this.#links.size > 0 || direction === "receiver" ? 5_000 : this.#state.down(message);
        await pause(waitMs, signal);
      }
    }
  }

  async #open(direction: BindDirection | undefined): Promise<{ link: SmppLink; left: Promise<void> }> {
    const { promise: left, resolve } = Promise.withResolvers<void>();
    const events = { delivered: (fields: MessageFields) => this.#delivered(fields), left: resolve };
    return { link: await SmppLink.open(this.#options.server, events, { direction }), left };
  }

  /** Receives until the bind ends. */
  async #receiveOnce(): Promise<void> {
    const { link, left } = await this.#open("receiver");
    if (this.#stopping.signal.aborted) return link.unbind();
    this.#receivers.add(link);
    await left;
    this.#receivers.delete(link);
    link.close();
    if (!this.#stopping.signal.aborted) throw new Error(link.whyLeft);
  }

  /** Resolves when the bind is no longer usable. */
  async #bindOnce(direction: BindDirection | undefined): Promise<void> {
    const { link, left } = await this.#open(direction);
    if (this.#stopping.signal.aborted) return link.unbind();
    const boundAt = performance.now();
    this.#links.add(link);
    this.#state.connected();
    this.#wakeAll();
    await left;
    this.#links.delete(link);
    this.#leaving.add(link);
    void link.closed.then(() => this.#leaving.delete(link));
    if (performance.now() - boundAt > STOOD_MS) this.#state.worked();
    this.#wakeAll();
    if (this.#links.size === 0 && !this.#stopping.signal.aborted) throw new Error(link.whyLeft);
  }

  /** Takes a receipt or a message. It is answered once it is stored, so that the centre delivers it again if we die before. */
  async #delivered(fields: MessageFields): Promise<number> {
    const message = inboundOf(fields);
    const { from, to, text } = message;
    const delivered = readDelivered({
      esmClass: fields.esm_class,
      receiptedMessageId: fields.receipted_message_id,
      messageState: fields.message_state,
      text,
      numbers: [from.address, to.address],
    });
    try {
      const inTurn = (take: () => Promise<void>) => this.#inbound.run({ owner: from.address }, take);
      if (delivered.kind === "unreadable") await inTurn(() => this.#deliveries.unreadable(message));
      else if (delivered.kind === "message") await inTurn(() => this.#deliveries.inbound(message));
      else if (!(await this.#deliveries.receipt(delivered.receipt)) && !delivered.isSure)
        await inTurn(() => this.#deliveries.inbound(message));
      return STATUS.ESME_ROK;
    } catch {
      return STATUS.ESME_RX_T_APPN; // deliver it again later
    }
  }
}

function inboundOf(fields: MessageFields): InboundSms {
  const { body, part } = withoutHeader(fields.short_message, (fields.esm_class & UDH_INDICATOR) !== 0);
  return {
    from: { address: plainAddress(fields.source_addr), type: fields.source_addr_ton },
    to: { address: plainAddress(fields.destination_addr), type: fields.dest_addr_ton },
    text: readText(body, fields.data_coding).slice(0, TEXT_MOST),
    part: part ?? checkedPart(fields.sar_msg_ref_num, fields.sar_segment_seqnum, fields.sar_total_segments),
  };
}

const LONGEST_ADDRESS = 65;
const plainAddress = (address: string) =>
  address
    .replaceAll(/\p{Cc}/gu, "")
    .trim()
    .slice(0, LONGEST_ADDRESS);

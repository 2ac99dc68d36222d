/** Email over SMTP: a handful of connections, each message on the first that is free. */
import { DeliveryState } from "../../../gen/herald/common/v1/outcome.ts";
import { asciiAddress } from "../../lib/devices/email-sender.ts";
import { pause } from "../../lib/async/time.ts";
import type { Attempt } from "../attempts/attempt.ts";
import type { SignEmail } from "../dkim/dkim-keys.ts";
import { messageIdOf, readSender, type EmailFrom, writeEmail } from "./email.ts";
import type { ProviderEvents } from "../events.ts";
import { type Gate, type MessageProvider, returned, type SendResult } from "../pipeline/send/message-provider.ts";
import { PassingRefusals } from "../pipeline/send/passing-refusals.ts";
import { ProviderState } from "../pipeline/send/provider-state.ts";
import { ProviderSlots } from "../pipeline/send/provider-slots.ts";
import { SmtpLink, type SmtpMessage, type SmtpOutcome } from "./smtp-connection.ts";
import type { SmtpServer } from "./smtp-opening.ts";
import { readRefusal, replyStatus, type SmtpVerdict } from "./smtp-reply.ts";

export interface SmtpProviderOptions {
  server: SmtpServer;
  connections: number;
  /** Where the server returns what cannot be delivered; empty or missing means to the sender. */
  envelopeSender?: string;
  /** Most attempts between intent and result. */
  unsettledMost: number;
  events: ProviderEvents;
  /** Signs emails of domains that have keys (DKIM). */
  sign: SignEmail;
}

interface QueuedEmail {
  attempt: Attempt;
  /** In ASCII. */
  to: string;
  sender: EmailFrom;
  /** As it is sent: written and signed once, before it has its turn, so that its envelope can go early. */
  message: SmtpMessage;
  /** It could not be sent at once, and may not be sent before its turn. */
  hasToWait?: true;
  gate: Gate;
  done: (sent: SendResult) => void;
}

/** So many messages in a row whose connection broke before an answer are no matter of the messages. */
const LOST_IN_A_ROW = 3;

/** An idle connection is closed after this time; servers do the same. */
const IDLE_MS = 30_000;

export class SmtpProvider implements MessageProvider {
  readonly name = "smtp";
  readonly slots: ProviderSlots;
  readonly #options: SmtpProviderOptions;
  readonly #state: ProviderState;
  readonly #passing = new PassingRefusals();
  readonly #stopping = new AbortController();
  readonly #jobs: QueuedEmail[] = [];
  readonly #workers: Promise<void>[];
  #wake: (() => void)[] = [];
  #lostInARow = 0;
  /** The server has replied out of step: each envelope waits for the reply to the message before it. */
  #isOutOfStep = false;

  constructor(options: SmtpProviderOptions) {
    this.#options = options;
    this.#state = new ProviderState(this.name, options.events);
    this.slots = new ProviderSlots({ base: options.connections, most: options.unsettledMost });
    this.#workers = Array.from({ length: options.connections }, () => this.#work());
  }

  get trouble(): string {
    return this.#state.trouble;
  }

  whenUp(signal: AbortSignal): Promise<void> {
    return this.#state.whenUp(signal);
  }

  async send(attempt: Attempt, gate: Gate): Promise<SendResult> {
    const sender = readSender(attempt.ownAddress);
    if (!sender) return returned("sender_refused", "The group's sender is not an email address.");
    const to = asciiAddress(attempt.contactInfo);
    if (to === undefined) return notAnAddress;
    const message = await this.#written({ attempt, to, sender });
    if (!message) return returned("sender_waits", KEYS_UNREADABLE);
    if (this.#stopping.signal.aborted) return returned("stopped");
    return new Promise((done) => {
      this.#jobs.push({ attempt, to, sender, message, gate, done });
      this.#wake.shift()?.();
    });
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    for (const wake of this.#wake.splice(0)) wake();
    await Promise.all(this.#workers);
  }

  /** The life of one connection: opened for the first message, kept while there are more. */
  async #work(): Promise<void> {
    let link: SmtpLink | undefined;
    let early: QueuedEmail | undefined;
    const next = () => (early = this.#takeEarly());
    for (;;) {
      const job = early ?? (await this.#next(link));
      early = undefined;
      if (job) {
        link = await this.#deliver(job, link, next);
        continue;
      }
      await link?.quit();
      link = undefined;
      if (this.#stopping.signal.aborted) return;
    }
  }

  /**
   * Sends one message; gives the connection for the next. `next` takes the next message, for its envelope. One that the server closed meanwhile is
   * replaced once.
   */
  async #deliver(
    job: QueuedEmail,
    kept: SmtpLink | undefined,
    next: () => QueuedEmail | undefined,
  ): Promise<SmtpLink | undefined> {
    const reused = kept?.usable ?? false;
    const link = reused ? kept : this.trouble === "" ? await this.#open() : undefined;
    const closed = link ? await job.gate() : "provider_down";
    if (!link || closed) {
      // It waits for a message whose envelope it has.
      if (link?.hasEarly) link.close();
      job.done(closed === "provider_down" ? returned(closed, this.trouble) : returned(closed ?? "stopped"));
      return link;
    }
    const outcome = await link.send(job.message, () => next()?.message);
    if (outcome.kind === "broken" && outcome.outOfStep) this.#isOutOfStep = true;
    if (reused && outcome.kind === "broken" && !outcome.handedOver) return this.#deliver(job, undefined, next);
    job.done(this.#read(outcome, job));
    return link;
  }

  /** Takes the next message if nothing keeps it from being sent now. That one waits at all means that no connection is free. */
  #takeEarly(): QueuedEmail | undefined {
    const [job] = this.#jobs;
    if (!job || job.hasToWait || this.#isOutOfStep || this.trouble !== "") return undefined;
    const closed = job.gate();
    if (closed === undefined) return this.#jobs.shift();
    if (closed instanceof Promise) closed.catch(() => {}); // asked again when it has its turn
    job.hasToWait = true;
    return undefined;
  }

  /** The next message; undefined when none came for so long that the connection should be given up, or at the stop. */
  async #next(link: SmtpLink | undefined): Promise<QueuedEmail | undefined> {
    const idleAt = performance.now() + IDLE_MS;
    while (this.#jobs.length === 0) {
      if (this.#stopping.signal.aborted || (link && performance.now() >= idleAt)) return undefined;
      await this.#woken(link ? idleAt - performance.now() : undefined);
    }
    return this.#jobs.shift();
  }

  #woken(mostMs: number | undefined): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        resolve();
      };
      const timer =
        mostMs === undefined
          ? undefined
          : setTimeout(() => (this.#wake.splice(this.#wake.indexOf(wake), 1), resolve()), mostMs);
      this.#wake.push(wake);
    });
  }

  async #open(): Promise<SmtpLink | undefined> {
    try {
      const link = await SmtpLink.open(this.#options.server);
      this.#state.connected();
      return link;
    } catch (error) {
      this.#down((error as Error).message);
      return undefined;
    }
  }

  /** The provider is down until a connection stands again, which is tried in the background. Of messages refused together, the first counts. */
  #down(why: string): void {
    if (this.trouble === "") void this.#comeBack(this.#state.down(why));
  }

  async #comeBack(firstWaitMs: number): Promise<void> {
    const { signal } = this.#stopping;
    for (let waitMs = firstWaitMs; !signal.aborted;) {
      await pause(waitMs, signal);
      try {
        const link = await SmtpLink.open(this.#options.server);
        this.#state.connected();
        return await link.quit();
      } catch (error) {
        waitMs = this.#state.down((error as Error).message);
      }
    }
  }

  /** The message as it is sent; undefined if it cannot be signed though its domain has keys, since receivers might refuse it then. */
  async #written({
    attempt,
    to,
    sender,
  }: Pick<QueuedEmail, "attempt" | "to" | "sender">): Promise<SmtpMessage | undefined> {
    const message = attempt.message ?? { subject: "", text: "", html: "" };
    const marks = { isTest: attempt.origin.kind === "test", unsubscribeUrl: attempt.unsubscribeUrl };
    const email = writeEmail(to, sender, message, messageIdOf(attempt.id, sender), new Date(), marks);
    const domain = sender.address.slice(sender.address.indexOf("@") + 1);
    try {
      const text = await this.#options.sign(attempt.tenantId, domain, email);
      return { from: this.#options.envelopeSender || sender.address, to, text };
    } catch (error) {
      this.#options.events.notSigned(attempt.tenantId, error);
      return undefined;
    }
  }

  #read(outcome: SmtpOutcome, job: QueuedEmail): SendResult {
    if (outcome.kind === "broken") return this.#readBroken(outcome);
    this.#lostInARow = 0;
    const providerStatus = replyStatus(outcome.reply);
    const verdict = outcome.kind === "taken" ? SENT : readRefusal(outcome.reply, outcome.step);
    if (verdict.kind === "provider") return this.#refusesAll(providerStatus);
    if (verdict.kind === "sender") return this.#refusesSender(providerStatus, verdict.isPassing, job);
    this.#state.worked();
    this.#passing.taken();
    const providerMessageId = messageIdOf(job.attempt.id, job.sender);
    return { kind: "ended", state: verdict.state, providerStatus, providerMessageId };
  }

  #readBroken({ handedOver, why }: SmtpOutcome & { kind: "broken" }): SendResult {
    if (handedOver) this.#lostInARow += 1;
    if (!handedOver || this.#lostInARow >= LOST_IN_A_ROW)
      this.#down(`The connection to the mail server broke (${why}).`);
    return handedOver ? { kind: "unknown", providerStatus: why } : returned("provider_down", this.trouble);
  }

  #refusesSender(status: string, isPassing: boolean, { attempt, sender }: QueuedEmail): SendResult {
    if (!isPassing)
      return returned("sender_refused", `The mail server refuses the sender, its domain or us (${status}).`);
    if (this.#passing.isOfAll(status, attempt.tenantId, sender.address)) return this.#refusesAll(status);
    return returned("sender_waits", `The mail server takes nothing from this sender now (${status}).`);
  }

  #refusesAll(status: string): SendResult {
    this.#down(`The mail server takes nothing now (${status}).`);
    return returned("provider_down", this.trouble);
  }
}

const KEYS_UNREADABLE = "The keys that sign emails of this domain cannot be read; the platform's operator has to look.";

const SENT: SmtpVerdict = { kind: "ended", state: DeliveryState.DELIVERY_STATE_SENT };

const notAnAddress: SendResult = {
  kind: "ended",
  state: DeliveryState.DELIVERY_STATE_HARD_BOUNCE,
  providerStatus: "not an address",
  providerMessageId: "",
};

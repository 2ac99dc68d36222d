/** What the message centre has to deliver to the bound: kept until acknowledged, over disconnections, as real ones do. */
import type { PduFields, Session } from "smpp";

interface Delivery {
  fields: PduFields;
  acknowledged: () => void;
}

/** deliver_sm outstanding on one connection at most. */
const WINDOW = 500;
/** What the receiver could not take is sent again after this. */
const AGAIN_MS = 200;

export class DeliveryQueue {
  #waiting: Delivery[] = [];
  readonly #receivers = new Map<Session, Set<Delivery>>();
  #turn = 0;

  get receivers(): number {
    return this.#receivers.size;
  }

  add(session: Session): void {
    this.#receivers.set(session, new Set());
    this.#pump();
  }

  /** Takes a connection away; what it did not acknowledge goes to the next. */
  remove(session: Session): void {
    const unacknowledged = this.#receivers.get(session);
    if (!unacknowledged) return;
    this.#receivers.delete(session);
    this.#waiting.unshift(...unacknowledged);
    this.#pump();
  }

  /** Resolves once a receiver has acknowledged it. */
  send(fields: PduFields): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push({ fields, acknowledged: resolve });
      this.#pump();
    });
  }

  #pump(): void {
    while (this.#waiting.length > 0) {
      const open = [...this.#receivers].filter(([, outstanding]) => outstanding.size < WINDOW);
      const [session, outstanding] = open[this.#turn++ % Math.max(1, open.length)] ?? [];
      if (!session || !outstanding) return;
      const delivery = this.#waiting.shift() as Delivery;
      outstanding.add(delivery);
      session.deliver_sm({ ...delivery.fields }, ({ command_status }) =>
        this.#answered(delivery, outstanding, command_status),
      );
    }
  }

  #answered(delivery: Delivery, outstanding: Set<Delivery>, status: number): void {
    // An answer that comes after the connection was given up: the delivery is on its way again.
    if (!outstanding.delete(delivery)) return;
    if (status === 0) delivery.acknowledged();
    else setTimeout(() => (this.#waiting.push(delivery), this.#pump()), AGAIN_MS);
    this.#pump();
  }
}

/** What the message centre has to deliver: kept until it is acknowledged, even over disconnections, as real centres do. */
import { STATUS } from "../../svc/lib/smpp/pdu.ts";
import type { SmppConnection } from "../../svc/lib/smpp/smpp-connection.ts";

interface Delivery {
  /** A whole deliver_sm. */
  pdu: Buffer;
  acknowledged: () => void;
}

/** Most open deliver_sm of one connection. */
const WINDOW = 500;
/** A delivery that the receiver could not take is repeated after this time. */
const AGAIN_MS = 200;

export class DeliveryQueue {
  #waiting: Delivery[] = [];
  readonly #receivers = new Map<SmppConnection, Set<Delivery>>();

  get receivers(): number {
    return this.#receivers.size;
  }

  add(connection: SmppConnection): void {
    this.#receivers.set(connection, new Set());
    this.#pump();
  }

  /** Removes a connection. What it did not acknowledge goes to the next one. */
  remove(connection: SmppConnection): void {
    const unacknowledged = this.#receivers.get(connection);
    if (!unacknowledged) return;
    this.#receivers.delete(connection);
    this.#waiting.unshift(...unacknowledged);
    this.#pump();
  }

  /** Resolves once a receiver has acknowledged it. */
  send(pdu: Buffer): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push({ pdu, acknowledged: resolve });
      this.#pump();
    });
  }

  #pump(): void {
    while (this.#waiting.length > 0) {
      const [connection, outstanding] = this.#leastBusy() ?? [];
      if (!connection || !outstanding) return;
      const delivery = this.#waiting.shift() as Delivery;
      outstanding.add(delivery);
      connection.request(delivery.pdu, (answer) => {
        if (typeof answer !== "string") this.#answered(delivery, outstanding, answer.status);
      });
    }
  }

  #leastBusy(): [SmppConnection, Set<Delivery>] | undefined {
    let least: [SmppConnection, Set<Delivery>] | undefined;
    for (const one of this.#receivers) if (one[1].size < (least?.[1].size ?? WINDOW)) least = one;
    return least;
  }

  #answered(delivery: Delivery, outstanding: Set<Delivery>, status: number): void {
    // The answer came after the connection was given up, so the delivery is already being repeated.
    if (!outstanding.delete(delivery)) return;
    if (status === STATUS.ESME_ROK) delivery.acknowledged();
    else setTimeout(() => (this.#waiting.push(delivery), this.#pump()), AGAIN_MS);
    this.#pump();
  }
}

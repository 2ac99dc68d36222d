/** Where what message centres deliver goes: receipts to their attempts, everything else to its tenant. */
import type { InboundOwner, SmppDeliveries } from "../sms/smpp-provider.ts";
import { type InboundDeps, receiveInbound, receiveUnreadable } from "./inbound.ts";
import type { Receipts, ReceiptSource } from "./receipts.ts";

/** For each message centre: `owner` is the tenant whose own it is, undefined for the operator's. */
export const deliveriesTo =
  (receipts: Receipts, inbound: InboundDeps) =>
  (source: ReceiptSource, owner: InboundOwner | undefined): SmppDeliveries => ({
    receipt: (receipt) => receipts.receive(receipt, source),
    inbound: (message) => receiveInbound(inbound, { ...message, owner }),
    unreadable: (message) => receiveUnreadable(inbound, { ...message, owner }),
  });

/** Who may use a sender: the tenant that used it first, until it gives the claim up; those of the platform's settings serve everybody. */
import { LRUCache } from "lru-cache";
import type { Sender } from "../../gen/herald/dial/v1/sender.ts";
import type { Database } from "../lib/db.ts";
import { RpcError } from "../lib/errors.ts";
import type { Now } from "../lib/time.ts";
import { senderTaken } from "./errors.ts";
import { isHeldByAnother, lockSender, putSender } from "./sender-store.ts";
import { mayBeSame, type SenderName } from "./senders.ts";

export interface SenderClaims {
  /** Whether another tenant holds it, so that this one may not use it. Nothing is claimed. */
  isTaken(tenantId: string, sender: SenderName): Promise<boolean>;
  /** Claims it for the tenant, or notes the use of a shared one; throws SENDER_TAKEN. */
  claim(tenantId: string, sender: SenderName, claimedBy: string): Promise<Sender>;
  /** Why a tenant may not send as this, for people; empty when it may. Claims it on the way, and remembers the answer for a while. */
  refusal(tenantId: string, sender: SenderName, claimedBy: string): Promise<string>;
}

/** The session's sender is another tenant's; the message is for people. */
export class SenderRefused extends Error {}

const REMEMBERED = 10_000;
/** A claim that was given up, or taken by somebody else since, is noticed by then. */
const REMEMBERED_MS = 10_000;

export function createSenderClaims(db: Database, shared: readonly SenderName[], now: Now): SenderClaims {
  const remembered = new LRUCache<string, string>({ max: REMEMBERED, ttl: REMEMBERED_MS });

  const isShared = (sender: SenderName) => shared.some((one) => mayBeSame(one, sender));

  const claim = (tenantId: string, sender: SenderName, claimedBy: string) =>
    db.everyTenant().transaction(async (tx) => {
      if (isShared(sender)) return putSender(tx, tenantId, sender, undefined, now());
      await lockSender(tx, sender);
      if (await isHeldByAnother(tx, tenantId, sender)) throw senderTaken(sender.address);
      return putSender(tx, tenantId, sender, claimedBy, now());
    });

  return {
    claim,
    isTaken: async (tenantId, sender) =>
      !isShared(sender) && (await isHeldByAnother(db.everyTenant(), tenantId, sender)),
    async refusal(tenantId, sender, claimedBy) {
      const name = `${tenantId} ${sender.kind} ${sender.address}`;
      const known = remembered.get(name);
      if (known !== undefined) return known;
      const why = await claim(tenantId, sender, claimedBy).then(() => "", refusalIn);
      remembered.set(name, why);
      return why;
    },
  };
}

function refusalIn(error: unknown): string {
  if (!(error instanceof RpcError)) throw error;
  return error.message;
}

/** Decides who may use a sender: the tenant that used it first, until it gives up its claim. All may use the senders of the platform's settings. */
import { LRUCache } from "lru-cache";
import type { Sender } from "../../../gen/herald/dial/v1/sender.ts";
import type { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { actingFor, type Database, type TenantQueryable } from "../../lib/postgres/db.ts";
import { RpcError } from "../../lib/errors/errors.ts";
import type { Now } from "../../lib/async/time.ts";
import { senderLimitReached, senderTaken } from "../errors.ts";
import { countOtherClaims, isHeldByAnother, lockSender, putSender, releaseOfAll } from "./sender-store.ts";
import { covers, lacksCountryCode, mayBeSame, type SenderName, senderOf } from "./senders.ts";

export interface SenderClaims {
  /** The sender for a channel's own address; a number without a country code is one of the tenant's region. Undefined when it cannot be a sender. */
  ownSender(tenantId: string, channel: Channel, own: string): Promise<SenderName | undefined>;
  /** Whether another tenant holds it. This claims nothing. */
  isTaken(tenantId: string, sender: SenderName): Promise<boolean>;
  /** Claims it for the tenant, or notes that the tenant uses a shared sender; throws SENDER_TAKEN, SENDER_LIMIT_REACHED. */
  claim(tenantId: string, sender: SenderName, claimedBy: string): Promise<Sender>;
  /** Takes the claim from its holders and, unless the tenant is empty, gives it to this tenant in the same step. Gives who held it. */
  moveTo(tenantId: string, sender: SenderName, claimedBy: string): Promise<string[]>;
  /** Why a tenant may not use this sender, for people; empty when it may. Claims the sender, and remembers the answer for a while. */
  refusal(tenantId: string, sender: SenderName, claimedBy: string): Promise<string>;
}

/** The session's sender is another tenant's; the message is for people. */
export class SenderRefusedError extends Error {}

export interface SenderClaimsDeps {
  db: Database;
  /** The senders that the platform shares. */
  shared: readonly SenderName[];
  /** Most claims of one tenant. */
  mostClaims: number;
  /** The region of a tenant's numbers. */
  regionOf: (tenantId: string) => Promise<string>;
  now: Now;
}

const REMEMBERED = 10_000;
/** How soon we notice that a claim was given up or taken by somebody else. */
const REMEMBERED_MS = 10_000;

export function createSenderClaims({ db, shared, mostClaims, regionOf, now }: SenderClaimsDeps): SenderClaims {
  const remembered = new LRUCache<string, string>({ max: REMEMBERED, ttl: REMEMBERED_MS });

  const isShared = (sender: SenderName) => shared.some((one) => covers(one, sender) || mayBeSame(one, sender));
  /** A claim to a domain above a shared one would also cover the shared one. */
  const isTaken = async (scope: TenantQueryable, sender: SenderName) =>
    shared.some((one) => covers(sender, one)) || isHeldByAnother(scope, sender);

  const claim = (tenantId: string, sender: SenderName, claimedBy: string) =>
    db.everyTenant().transaction(async (across) => {
      const tx = actingFor(across, tenantId);
      if (isShared(sender)) return putSender(tx, sender, undefined, now());
      await lockSender(tx, sender);
      if (await isTaken(tx, sender)) throw senderTaken(sender.address);
      if ((await countOtherClaims(tx, sender)) >= mostClaims) throw senderLimitReached(mostClaims);
      return putSender(tx, sender, claimedBy, now());
    });

  return {
    ownSender: async (tenantId, channel, own) =>
      senderOf(channel, own, lacksCountryCode(own) ? await regionOf(tenantId) : ""),
    claim,
    isTaken: async (tenantId, sender) =>
      !isShared(sender) && (await isTaken(actingFor(db.everyTenant(), tenantId), sender)),
    moveTo: (tenantId, sender, claimedBy) =>
      db.everyTenant().transaction(async (across) => {
        const tx = actingFor(across, tenantId);
        await lockSender(tx, sender);
        const before = await releaseOfAll(tx, sender, now());
        if (tenantId === "") return before;
        if (await isTaken(tx, sender)) throw senderTaken(sender.address);
        await putSender(tx, sender, claimedBy, now());
        return before.filter((one) => one !== tenantId);
      }),
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

/** A final refusal. An error that may pass, such as a database that is away, is none. */
function refusalIn(error: unknown): string {
  if (!(error instanceof RpcError)) throw error;
  return error.message;
}

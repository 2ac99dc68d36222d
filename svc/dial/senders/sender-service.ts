/** The RPCs of SenderService. */
import type { SenderServiceImplementation } from "../../../gen/herald/dial/v1/sender_service.ts";
import { SenderKind } from "../../../gen/herald/dial/v1/sender.ts";
import type { Ctx, Handlers } from "../../lib/rpc/context.ts";
import type { Database } from "../../lib/postgres/db.ts";
import { LONGEST_SENDER } from "../../lib/devices/email-sender.ts";
import { readId } from "../../lib/request/ids.ts";
import { readPage } from "../../lib/request/page.ts";
import type { RegionLookup } from "../../lib/devices/written.ts";
import type { Now } from "../../lib/async/time.ts";
import { Checks } from "../../lib/request/validate.ts";
import type { SenderClaims } from "./sender-claims.ts";
import { listSenders, releaseSender } from "./sender-store.ts";
import { lacksCountryCode, LONGEST_SHORT_CODE, type SenderName, senderNamed } from "./senders.ts";
import { isSharedDomain } from "./shared-domains.ts";

export interface SenderServiceDeps {
  db: Database;
  claims: SenderClaims;
  regionOf: (ctx: Pick<Ctx, "tenantId" | "requestId">) => RegionLookup;
  now: Now;
}

export const senderService = ({
  db,
  claims,
  regionOf,
  now,
}: SenderServiceDeps): Handlers<SenderServiceImplementation> => ({
  async listSenders(req, ctx) {
    const page = readPage(req, { usual: 50, most: 500 });
    const { items, nextPageToken } = await listSenders(db.tenant(ctx.tenantId), page);
    return { senders: items, nextPageToken };
  },

  async claimSender(req, ctx) {
    const sender = mineable(await readSender(req.sender, regionOf(ctx)));
    return { sender: await claims.claim(ctx.tenantId, sender, ctx.caller.id) };
  },

  async releaseSender(req, ctx) {
    const sender = await readSender(req.sender, regionOf(ctx));
    await releaseSender(db.tenant(ctx.tenantId), sender, now());
    return {};
  },

  async releaseAnySender(req, ctx) {
    const forTenantId = req.forTenantId === "" ? "" : readId(req.forTenantId, "for_tenant_id");
    const sender = await readSender(req.sender, async () => "");
    const tenantIds = await claims.moveTo(forTenantId, sender, ctx.caller.id);
    return { tenantIds };
  },

  async checkSender(req, ctx) {
    const sender = await claims.ownSender(ctx.tenantId, req.channel, req.sender);
    const isTaken = sender !== undefined && (await claims.isTaken(ctx.tenantId, sender));
    return { takenSender: isTaken ? sender.address : "" };
  },
});

const RIGHT =
  "Must be a phone number with its country code, a short code of up to 6 digits, a name, an email address or a domain such as @example.com.";

async function readSender(text: string, regionOf: RegionLookup): Promise<SenderName> {
  const check = new Checks();
  const given = check.text("sender", text, { most: LONGEST_SENDER });
  check.done();
  const sender = senderNamed(given, lacksCountryCode(given) ? await regionOf() : "");
  check.that(sender !== undefined, "sender", RIGHT);
  check.done();
  return sender as SenderName;
}

/** What a person may claim. A number without a known country could exist in many countries. */
function mineable(sender: SenderName): SenderName {
  const { kind, address } = sender;
  const check = new Checks();
  check.that(kind !== SenderKind.SENDER_KIND_SHORT_CODE || address.length <= LONGEST_SHORT_CODE, "sender", RIGHT);
  check.that(
    kind !== SenderKind.SENDER_KIND_EMAIL_DOMAIN || !isSharedDomain(address),
    "sender",
    `Nobody can hold ${address}: anybody has an address or a domain there. Claim a domain of your own, or a single address.`,
  );
  check.done();
  return sender;
}

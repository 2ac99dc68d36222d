/** The RPCs of SenderService. */
import type { SenderServiceImplementation } from "../../gen/herald/dial/v1/sender_service.ts";
import type { Handlers } from "../lib/context.ts";
import type { Database } from "../lib/db.ts";
import { LONGEST_SENDER } from "../lib/email-sender.ts";
import { readPage } from "../lib/page.ts";
import type { Now } from "../lib/time.ts";
import { Checks } from "../lib/validate.ts";
import type { SenderClaims } from "./sender-claims.ts";
import { listSenders, releaseSender } from "./sender-store.ts";
import { type SenderName, senderNamed, senderOf } from "./senders.ts";

export interface SenderServiceDeps {
  db: Database;
  claims: SenderClaims;
  now: Now;
}

export const senderService = ({ db, claims, now }: SenderServiceDeps): Handlers<SenderServiceImplementation> => ({
  async listSenders(req, ctx) {
    const page = readPage(req, { usual: 50, most: 500 });
    const { items, nextPageToken } = await listSenders(db.tenant(ctx.tenantId), ctx.tenantId, page);
    return { senders: items, nextPageToken };
  },

  async claimSender(req, ctx) {
    return { sender: await claims.claim(ctx.tenantId, readSender(req.sender), ctx.caller.id) };
  },

  async releaseSender(req, ctx) {
    await releaseSender(db.tenant(ctx.tenantId), ctx.tenantId, readSender(req.sender), now());
    return {};
  },

  async checkSender(req, ctx) {
    const sender = senderOf(req.channel, req.sender);
    const isTaken = sender !== undefined && (await claims.isTaken(ctx.tenantId, sender));
    return { takenSender: isTaken ? sender.address : "" };
  },
});

function readSender(text: string): SenderName {
  const check = new Checks();
  const given = check.text("sender", text, { most: LONGEST_SENDER });
  const sender = given === "" ? undefined : senderNamed(given);
  check.that(sender !== undefined || given === "", "sender", "Must be a phone number, a short code, a name, an email address or a domain such as @example.com.");
  check.done();
  return sender as SenderName;
} // prettier-ignore

/** The RPCs of InboundMessageService. */
import type { InboundMessageServiceImplementation } from "../../../gen/herald/dial/v1/inbound_message_service.ts";
import { type RegionLookup, writtenDevice } from "../../lib/devices/written.ts";
import type { Database } from "../../lib/postgres/db.ts";
import { readPage } from "../../lib/request/page.ts";
import type { Ctx, Handlers } from "../../lib/rpc/context.ts";
import type { ChangeStream } from "../../lib/watch/change-stream.ts";
import { inboundAfter, lastInbound, listInbound } from "./inbound-message-store.ts";

export interface InboundMessageServiceDeps {
  db: Database;
  /** Tells of a tenant when a message of it is stored, by whichever process. */
  arrived: ChangeStream;
  regionOf: (ctx: Pick<Ctx, "tenantId" | "requestId">) => RegionLookup;
}

const AT_ONCE = 100;
const HEARTBEAT_MS = 15_000;

export const inboundMessageService = ({
  db,
  arrived,
  regionOf,
}: InboundMessageServiceDeps): Handlers<InboundMessageServiceImplementation> => ({
  async listInboundMessages(req, ctx) {
    const page = readPage(req, { usual: 50, most: 500 });
    const contactInfo = req.contactInfo === "" ? "" : await writtenDevice(req.contactInfo, regionOf(ctx));
    const { items, nextPageToken } = await listInbound(db.tenant(ctx.tenantId), contactInfo, page);
    return { inboundMessages: items, nextPageToken };
  },

  async *watchInboundMessages(req, ctx) {
    const scope = db.tenant(ctx.tenantId);
    const watch = arrived.watch(ctx.tenantId, ctx.signal);
    try {
      let position = req.afterSequence < 0 ? await lastInbound(scope) : req.afterSequence;
      while (!ctx.signal.aborted) {
        const inboundMessages = await inboundAfter(scope, position, AT_ONCE);
        position = inboundMessages.at(-1)?.sequence ?? position;
        // Also without any: so the caller knows at once, and from time to time, that it is heard.
        yield { inboundMessages };
        if (inboundMessages.length < AT_ONCE) await watch.changed(HEARTBEAT_MS);
      }
    } finally {
      watch.end();
    }
  },
});

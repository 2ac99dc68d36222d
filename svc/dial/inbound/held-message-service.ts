/** The RPCs of HeldMessageService. */
import type { HeldMessageServiceImplementation } from "../../../gen/herald/dial/v1/held_message_service.ts";
import type { Handlers } from "../../lib/rpc/context.ts";
import type { Database } from "../../lib/postgres/db.ts";
import { readId } from "../../lib/request/ids.ts";
import { readPage } from "../../lib/request/page.ts";
import { heldMessageNotFound } from "../errors.ts";
import { deleteHeldMessage, listHeldMessages } from "./held-store.ts";

export const heldMessageService = ({ db }: { db: Database }): Handlers<HeldMessageServiceImplementation> => ({
  async listHeldMessages(req) {
    const page = readPage(req, { usual: 50, most: 500 });
    const { items, nextPageToken } = await listHeldMessages(db.everyTenant(), page);
    return { heldMessages: items, nextPageToken };
  },

  async deleteHeldMessage(req) {
    const heldMessageId = readId(req.heldMessageId, "held_message_id");
    if (!(await deleteHeldMessage(db.everyTenant(), heldMessageId))) throw heldMessageNotFound(heldMessageId);
    return {};
  },
});

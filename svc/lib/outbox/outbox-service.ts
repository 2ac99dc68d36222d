/** The RPCs of OutboxService, which every service with an outbox answers. */
import type { OutboxServiceImplementation } from "../../../gen/herald/common/v1/outbox_service.ts";
import type { Handlers } from "../rpc/context.ts";
import { readOptionalId } from "../request/ids.ts";
import type { SetAsideMessages } from "./set-aside.ts";
import { Checks } from "../request/validate.ts";

const MOST = 1_000;

export const outboxService = (setAside: SetAsideMessages): Handlers<OutboxServiceImplementation> => ({
  async listSetAside(req, ctx) {
    const check = new Checks();
    check.int("limit", req.limit, { least: 1, most: MOST });
    check.done();
    const beforeId = readOptionalId(req.beforeId, "before_id") ?? "";
    return { undelivered: await setAside.list(ctx.tenantId, { ...req, beforeId }) };
  },

  async deliverSetAside(req, ctx) {
    const undeliveredId = readOptionalId(req.undeliveredId, "undelivered_id") ?? "";
    return { redeliveredCount: await setAside.deliver(ctx.tenantId, { ...req, undeliveredId }) };
  },
});

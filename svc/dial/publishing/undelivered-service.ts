/** The RPCs of UndeliveredService. */
import type { UndeliveredServiceImplementation } from "../../../gen/herald/dial/v1/undelivered_service.ts";
import type { Handlers } from "../../lib/rpc/context.ts";
import { dependencyUnavailable, invalidField } from "../../lib/errors/errors.ts";
import { isId, readId } from "../../lib/request/ids.ts";
import { pageOf, pageTokenInvalid, readPage } from "../../lib/request/page.ts";
import { undeliveredNotFound } from "../errors.ts";
import { askAll, type SetAsideKeeper, newest } from "./undelivered.ts";

export const undeliveredService = (keepers: readonly SetAsideKeeper[]): Handlers<UndeliveredServiceImplementation> => ({
  async listUndelivered(req, ctx) {
    const page = readPage(req, { usual: 50, most: 500 });
    const [beforeId = ""] = (page.after ?? []).map(String);
    if (beforeId !== "" && !isId(beforeId)) throw pageTokenInvalid();
    const filter = { topic: req.topic, beforeId, limit: page.limit };
    const { answers, unreached } = await askAll(keepersOf(keepers, req.service), (one) => one.list(ctx, filter));
    const { items, nextPageToken } = pageOf(
      page,
      newest(answers, page.limit),
      ({ id }) => [id],
      (one) => one,
    );
    return { undelivered: items, nextPageToken, unreachedServices: unreached };
  },

  async redeliver(req, ctx) {
    const undeliveredId = readId(req.undeliveredId, "undelivered_id");
    const { answers, unreached } = await askAll(keepers, (one) => one.deliver(ctx, { undeliveredId, topic: "" }));
    if (answers.some((count) => count > 0)) return {};
    if (unreached.length > 0) throw dependencyUnavailable(unreached.join(", "));
    throw undeliveredNotFound(undeliveredId);
  },

  async redeliverAll(req, ctx) {
    const which = { undeliveredId: "", topic: req.topic };
    const { answers, unreached } = await askAll(keepersOf(keepers, req.service), (one) => one.deliver(ctx, which));
    return { redeliveredCount: answers.reduce((all, count) => all + count, 0), unreachedServices: unreached };
  },
});

function keepersOf(keepers: readonly SetAsideKeeper[], service: string): readonly SetAsideKeeper[] {
  const named = service === "" ? keepers : keepers.filter((one) => one.service === service);
  if (named.length > 0) return named;
  const names = [...new Set(keepers.map((one) => one.service))].sort();
  throw invalidField("service", `Must be one of ${names.join(", ")}, or empty for all.`);
}

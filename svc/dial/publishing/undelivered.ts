/** Joins what all services have set aside into one list. Names the services that do not answer. */
import type { OutboxServiceDefinition } from "../../../gen/herald/common/v1/outbox_service.ts";
import type { Undelivered } from "../../../gen/herald/common/v1/undelivered.ts";
import type { Calls } from "../../lib/client/client.ts";
import type { Ctx } from "../../lib/rpc/context.ts";
import { isServiceAway } from "../../lib/errors/error-details.ts";
import type { SetAsideMessages, SetAsideFilter } from "../../lib/outbox/set-aside.ts";

/** A keeper of messages that were set aside: another service, or this one. */
export interface SetAsideKeeper {
  service: string;
  list(ctx: Ctx, filter: SetAsideFilter): Promise<Undelivered[]>;
  /** Makes one message due again, or all of a topic if the id is empty. Gives how many. */
  deliver(ctx: Ctx, which: { undeliveredId: string; topic: string }): Promise<number>;
}

/** The answers, and the services that did not answer. */
export interface KeeperAnswers<Answer> {
  answers: Answer[];
  unreached: string[];
}

const TIMEOUT_MS = 3_000;

/** Another service, asked through its RPCs. */
export function serviceKeeper(service: string, outbox: Calls<typeof OutboxServiceDefinition>): SetAsideKeeper {
  const scope = ({ tenantId, requestId, signal }: Ctx) => ({ tenantId, requestId, signal, timeoutMs: TIMEOUT_MS });
  return {
    service,
    list: async (ctx, filter) => (await outbox.listSetAside(filter, scope(ctx))).undelivered,
    deliver: async (ctx, which) => (await outbox.deliverSetAside(which, scope(ctx))).redeliveredCount,
  };
}

/** This service itself. */
export const ownKeeper = (service: string, setAside: SetAsideMessages): SetAsideKeeper => ({
  service,
  list: (ctx, filter) => setAside.list(ctx.tenantId, filter),
  deliver: (ctx, which) => setAside.deliver(ctx.tenantId, which),
});

/** Asks all keepers at once. Services that are away are listed in `unreached`; any other error fails the call. */
export async function askAll<Answer>(
  keepers: readonly SetAsideKeeper[],
  ask: (keeper: SetAsideKeeper) => Promise<Answer>,
): Promise<KeeperAnswers<Answer>> {
  const settled = await Promise.allSettled(keepers.map(ask));
  const unreached = new Set<string>();
  const answers = settled.flatMap((one, i) => {
    if (one.status === "fulfilled") return [one.value];
    if (!isServiceAway(one.reason)) throw one.reason;
    unreached.add(keepers[i]?.service ?? "");
    return [];
  });
  return { answers, unreached: [...unreached] };
}

/** The newest messages of several lists. */
export const newest = (lists: readonly Undelivered[][], limit: number): Undelivered[] =>
  lists
    .flat()
    .sort((a, b) => (a.id < b.id ? 1 : -1))
    .slice(0, limit);

/** What every service has set aside, as one list: each is asked, and those that do not answer are named. */
import type { OutboxServiceDefinition } from "../../../gen/herald/common/v1/outbox_service.ts";
import type { Undelivered } from "../../../gen/herald/common/v1/undelivered.ts";
import type { Calls } from "../../lib/client/client.ts";
import type { Ctx } from "../../lib/rpc/context.ts";
import { isServiceError } from "../../lib/errors/error-details.ts";
import { status } from "../../lib/errors/errors.ts";
import type { SetAsideMessages, SetAsideFilter } from "../../lib/outbox/set-aside.ts";

/** Who keeps messages that were refused: another service, or this one. */
export interface Keeper {
  service: string;
  list(ctx: Ctx, filter: SetAsideFilter): Promise<Undelivered[]>;
  /** One message, or with no id all of a topic; gives how many. */
  deliver(ctx: Ctx, which: { undeliveredId: string; topic: string }): Promise<number>;
}

/** What those who answered said, and who did not. */
export interface KeeperAnswers<Answer> {
  answers: Answer[];
  unreached: string[];
}

const TIMEOUT_MS = 3_000;

/** Another service, asked by its RPCs. */
export function serviceKeeper(service: string, outbox: Calls<typeof OutboxServiceDefinition>): Keeper {
  const scope = ({ tenantId, requestId, signal }: Ctx) => ({ tenantId, requestId, signal, timeoutMs: TIMEOUT_MS });
  return {
    service,
    list: async (ctx, filter) => (await outbox.listSetAside(filter, scope(ctx))).undelivered,
    deliver: async (ctx, which) => (await outbox.deliverSetAside(which, scope(ctx))).redeliveredCount,
  };
}

/** What this service keeps itself. */
export const ownKeeper = (service: string, setAside: SetAsideMessages): Keeper => ({
  service,
  list: (ctx, filter) => setAside.list(ctx.tenantId, filter),
  deliver: (ctx, which) => setAside.deliver(ctx.tenantId, which),
});

/** Asks all at once. A service that is away leaves a gap that is told; any other fault is the call's own. */
export async function askAll<Answer>(
  keepers: readonly Keeper[],
  ask: (keeper: Keeper) => Promise<Answer>,
): Promise<KeeperAnswers<Answer>> {
  const settled = await Promise.allSettled(keepers.map(ask));
  const unreached = new Set<string>();
  const answers = settled.flatMap((one, i) => {
    if (one.status === "fulfilled") return [one.value];
    if (!isAway(one.reason)) throw one.reason;
    unreached.add(keepers[i]?.service ?? "");
    return [];
  });
  return { answers, unreached: [...unreached] };
}

/** The newest of several lists, each newest first. */
export const newest = (lists: readonly Undelivered[][], limit: number): Undelivered[] =>
  lists
    .flat()
    .sort((a, b) => (a.id < b.id ? 1 : -1))
    .slice(0, limit);

/** UNIMPLEMENTED is a version that does not know the question yet. */
const AWAY: readonly status[] = [status.UNAVAILABLE, status.DEADLINE_EXCEEDED, status.UNIMPLEMENTED];
const isAway = (error: unknown): boolean => isServiceError(error) && AWAY.includes(error.code);

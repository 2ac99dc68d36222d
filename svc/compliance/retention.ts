/** Keeps the months of decisions: those to come are made ahead, those past their time go. */
import type { DecisionStore } from "./decision-store.ts";
import type { Events } from "./events.ts";

/** Ahead of need, so that a service that could not do it for weeks still finds them. */
const MONTHS_AHEAD = 2;

export async function keepPartitions(
  decisions: DecisionStore,
  events: Pick<Events, "partitionsKept">,
  keptMonths: number,
  now: Date,
): Promise<void> {
  await decisions.makePartitions(Array.from({ length: MONTHS_AHEAD + 1 }, (_, i) => startOfMonth(now, i)));
  events.partitionsKept(await decisions.dropBefore(startOfMonth(now, -keptMonths)));
}

/** The first instant (UTC) of the month that lies so many months from now. */
export const startOfMonth = (now: Date, months: number): Date =>
  new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months, 1));

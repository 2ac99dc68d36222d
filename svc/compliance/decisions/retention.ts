/** Makes the partitions of the next months, and drops those that are older than decisions are kept. */
import type { Events } from "../events.ts";
import type { PartitionStore } from "./partition-store.ts";

/** Partitions are made early, so that they exist even if this could not run for weeks. */
const MONTHS_AHEAD = 2;
const STRAYS_AT_ONCE = 10_000;

export async function keepPartitions(
  partitions: PartitionStore,
  events: Pick<Events, "partitionsKept">,
  keptMonths: number,
  now: Date,
): Promise<void> {
  await partitions.makePartitions(Array.from({ length: MONTHS_AHEAD + 1 }, (_, i) => startOfMonth(now, i)));
  const before = startOfMonth(now, -keptMonths);
  events.partitionsKept(await partitions.dropBefore(before));
  while (await partitions.deleteStrays(before, STRAYS_AT_ONCE));
}

/** The first instant (UTC) of the month that lies so many months from now. */
export const startOfMonth = (now: Date, months: number): Date =>
  new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months, 1));

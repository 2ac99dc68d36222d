/** Makes the report at the end of the demo from the figures of the platform and the carriers. Pure. */
import type { CampaignGroup, Import, Progress } from "../gen/rest.ts";
import type { ArrivalCounts } from "./arrivals.ts";

type Counts = Record<string, number>;

/** The report that `--json` prints. */
export interface Report {
  rows: number;
  accepted: number;
  rejected: Counts;
  /** Chains of all groups; attempted + refused + waiting. */
  due: number;
  attempted: number;
  /** Attempts including retries: channel → result → count. */
  attempts: Record<string, Counts>;
  /** Chains refused for good, by the kind of rule. */
  refused: Counts;
  waiting: number;
  arrived: ArrivalCounts;
  /** All stages together. */
  seconds: number;
  /** Seconds of `list`, `suppression`, `definitions`, `campaigns` (from their start to the last change of a count) and `rest`: the time after the last change. */
  stages: Counts;
  /** For the campaigns, which run at the same time: channel → seconds from the start of all to the last change of its counts. */
  through: Counts;
}

export interface GroupResult {
  group: CampaignGroup;
  progress: Progress;
  /** From the start of all groups to the last change of its counts. */
  seconds: number;
}

/** Rounds to a tenth. */
export const secondsOf = (ms: number): number => Math.round(ms / 100) / 10;

/** Makes a function that gives the seconds since its last call. */
export function stopwatch(): () => number {
  let since = performance.now();
  return () => {
    const now = performance.now();
    const passed = now - since;
    since = now;
    return secondsOf(passed);
  };
}

/** Reads a 64-bit number, which is text in JSON. */
const numbers = (counts: Readonly<Record<string, string>>): Counts =>
  Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, Number(count)]));

const sum = (values: readonly string[]): number => values.reduce((total, value) => total + Number(value), 0);

function added(all: readonly Counts[]): Counts {
  const total: Counts = {};
  for (const [name, count] of all.flatMap(Object.entries<number>)) total[name] = (total[name] ?? 0) + count;
  return total;
}

export const channelOf = ({ channel }: CampaignGroup): string => channel.replace("CHANNEL_", "").toLowerCase();

export function makeReport(
  imported: Import,
  results: readonly GroupResult[],
  arrived: ArrivalCounts,
  stages: Counts,
): Report {
  const progress = results.map((result) => result.progress);
  return {
    rows: Number(imported.rowCount),
    accepted: Number(imported.acceptedCount),
    rejected: numbers(imported.rejectedByReason),
    due: sum(progress.map(({ due }) => due)),
    attempted: sum(progress.map(({ attempted }) => attempted)),
    attempts: Object.fromEntries(
      results.map(({ group, progress: { attemptsByResult } }) => [channelOf(group), numbers(attemptsByResult)]),
    ),
    refused: added(progress.map(({ refusedByReason }) => numbers(refusedByReason))),
    waiting: sum(progress.map(({ waiting }) => waiting)),
    arrived,
    seconds: secondsOf(total(stages) * 1_000),
    stages,
    through: Object.fromEntries(results.map(({ group, seconds }) => [channelOf(group), seconds])),
  };
}

const listed = (counts: Counts): string =>
  Object.entries(counts)
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `${name.replaceAll("_", " ")} ${count}`)
    .join(", ") || "none";

const timed = (seconds: Counts): string =>
  Object.entries(seconds)
    .map(([name, value]) => `${name} ${value.toFixed(1)} s`)
    .join(", ");

const total = (counts: Counts): number => Object.values(counts).reduce((all, count) => all + count, 0);

export function showReport(report: Report): string {
  const { rows, accepted, rejected, due, attempted, attempts, refused, waiting, arrived, seconds, stages, through } =
    report;
  return [
    "",
    "What happened",
    `  list      ${rows} rows: ${accepted} accepted, ${total(rejected)} rejected (${listed(rejected)})`,
    `  due       ${due} = ${attempted} attempted + ${total(refused)} refused + ${waiting} waiting`,
    ...Object.entries(attempts).map(
      ([channel, results]) => `  ${channel.padEnd(9)} ${total(results)} attempts: ${listed(results)}`,
    ),
    `  refused   ${listed(refused)}`,
    `  waiting   ${waiting} for a window to open or a retry to come due`,
    `  arrived   ${arrived.email} emails in the inbox, ${arrived.sms} text messages at the SMS centre, ${arrived.calls} calls placed`,
    `  in        ${seconds} s: ${timed(stages)}`,
    `  through   ${timed(through)}, all at once`,
  ].join("\n");
}

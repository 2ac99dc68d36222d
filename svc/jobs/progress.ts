/** Applies a report to a job: its units, its rate, its end. */
import { JobState, type JobState as State } from "../../gen/herald/jobs/v1/job.ts";

/** What a job knows about its progress. */
export interface JobProgress {
  state: State;
  doneUnits: number;
  totalUnits: number;
  unitsPerSecond: number;
  sampleUnits: number;
  sampleTime: Date;
  counts: Record<string, number>;
  errorMessage: string;
  silent: boolean;
  createTime: Date;
  endTime: Date | undefined;
}

/** What the service that does the work reports. */
export interface ProgressReport {
  state: State;
  doneUnits: number;
  totalUnits: number;
  counts: Record<string, number>;
  errorMessage: string;
}

/** The error message of a job whose service stopped reporting. */
export const SILENT_MESSAGE = "the service stopped reporting";

/** A rate is measured over at least this time. Measurements older than a few half-lives no longer count. */
const SAMPLE_MS = 1_000;
const HALF_LIFE_MS = 5_000;

export const hasEnded = (state: State): boolean => state !== JobState.JOB_STATE_RUNNING;

/** The job after a report; undefined when the job has ended, so that the report changes nothing. A job that was only silent goes on. */
export function advance(before: JobProgress, report: ProgressReport, now: Date): JobProgress | undefined {
  if (hasEnded(before.state) && !before.silent) return undefined;
  const ended = hasEnded(report.state);
  return {
    ...before,
    ...report,
    ...(ended ? { unitsPerSecond: overallRate(before, report, now) } : measure(before, report, now)),
    silent: false,
    endTime: ended ? now : undefined,
  };
}

/** True when people would see a difference. */
export const looksDifferent = (before: JobProgress, after: JobProgress): boolean =>
  before.state !== after.state ||
  before.doneUnits !== after.doneUnits ||
  before.totalUnits !== after.totalUnits ||
  JSON.stringify(before.counts) !== JSON.stringify(after.counts);

/** Seconds to the end at the present rate; 0 while that cannot be known. */
export function remainingSeconds({
  state,
  doneUnits,
  totalUnits,
  unitsPerSecond,
}: Pick<JobProgress, "state" | "doneUnits" | "totalUnits" | "unitsPerSecond">): number {
  if (hasEnded(state) || unitsPerSecond <= 0 || totalUnits <= doneUnits) return 0;
  return Math.ceil((totalUnits - doneUnits) / unitsPerSecond);
}

/** The recent rate. A measurement over a longer time moves it further. */
function measure(
  before: JobProgress,
  { doneUnits }: ProgressReport,
  now: Date,
): Pick<JobProgress, "unitsPerSecond" | "sampleUnits" | "sampleTime"> {
  const { unitsPerSecond, sampleUnits, sampleTime } = before;
  const ms = now.getTime() - sampleTime.getTime();
  // The work began again from an earlier point, so measuring starts anew.
  if (doneUnits < sampleUnits) return { unitsPerSecond: 0, sampleUnits: doneUnits, sampleTime: now };
  if (ms < SAMPLE_MS) return { unitsPerSecond, sampleUnits, sampleTime };
  const measured = ((doneUnits - sampleUnits) * 1_000) / ms;
  const weight = unitsPerSecond === 0 ? 1 : 1 - 0.5 ** (ms / HALF_LIFE_MS);
  return {
    unitsPerSecond: unitsPerSecond + weight * (measured - unitsPerSecond),
    sampleUnits: doneUnits,
    sampleTime: now,
  };
}

/** The rate of a job that has ended: its units over its whole life. */
function overallRate({ createTime }: JobProgress, { doneUnits }: ProgressReport, now: Date): number {
  const ms = now.getTime() - createTime.getTime();
  return ms > 0 ? (doneUnits * 1_000) / ms : 0;
}

import { Group, Progress, Stack, Text } from "@mantine/core";
import type { Job } from "../api/contract.ts";
import { durationLabel, figure, sentence } from "../components/words.ts";
import { useLiveJob } from "./queries.ts";

/** The live progress of a job. Shows nothing until the first report. */
export function JobProgress({ jobId }: { jobId: string }) {
  const { query } = useLiveJob(jobId);
  return query.data ? <JobBar job={query.data} /> : null;
}

/** The progress of a job: a bar if the total is known, counts, pace and remaining time. */
export function JobBar({ job }: { job: Job }) {
  const total = Number(job.totalUnits);
  const done = Number(job.doneUnits);
  const isRunning = job.state === "JOB_STATE_RUNNING";
  const counts = Object.entries(job.counts).map(([name, count]) => `${sentence(name)} ${figure(count)}`);
  return (
    <Stack gap={6}>
      <Group justify="space-between">
        <Text size="sm">{job.cancelRequested && isRunning ? "Stopping" : "Done"}</Text>
        <Text size="sm" className="figures">
          {total > 0 ? `${figure(done)} of ${figure(total)} ${job.unit}` : `${figure(done)} ${job.unit}`}
        </Text>
      </Group>
      <Progress
        value={total > 0 ? (done / total) * 100 : isRunning ? 100 : 0}
        animated={isRunning && total === 0}
        size="lg"
        color={job.state === "JOB_STATE_FAILED" ? "red" : undefined}
        aria-label="Share of the job that is done"
      />
      <Text size="sm" c="dimmed" className="figures">
        {[
          isRunning && job.unitsPerSecond > 0 && `${figure(Math.round(job.unitsPerSecond))} ${job.unit} a second`,
          isRunning && Number(job.remainingSeconds) > 0 && `about ${durationLabel(job.remainingSeconds)} left`,
          ...counts,
        ]
          .filter(Boolean)
          .join(" · ")}
      </Text>
    </Stack>
  );
}

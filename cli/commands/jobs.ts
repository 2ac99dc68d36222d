/** `herald jobs`: long work, watched and stopped. */
import type { Command } from "commander";
import { type Job, JobState } from "../../gen/herald/jobs/v1/job.ts";
import {
  CancelJobResponse,
  JobServiceDefinition,
  ListJobsResponse,
  WatchJobResponse,
} from "../../gen/herald/jobs/v1/job_service.ts";
import { readLimit } from "../arguments.ts";
import { withPlatform } from "../connection.ts";
import { counts, instant, print, progressBar, table, wantsJson, word } from "../output.ts";
import { say } from "../printable.ts";

const stateOf = (state: number): string =>
  word(Object.entries(JobState).find(([, value]) => value === state)?.[0] ?? "", "JOB_STATE");

export function jobCommands(program: Command): void {
  const jobs = program.command("jobs").description("long work and its progress");
  jobs
    .command("ls")
    .description("show jobs, newest first")
    .option("-n, --limit <count>", "jobs to show", readLimit, 50)
    .action(({ limit }: { limit: number }, command: Command) =>
      withPlatform(command, async (platform) => {
        const answer = await platform.client(JobServiceDefinition).listJobs({ pageSize: limit });
        print(command, ListJobsResponse, answer, (page) =>
          table(
            ["ID", "WHAT", "STATE", "DONE", "BEGAN"],
            page.jobs.map((job) => [
              job.id,
              job.title,
              stateOf(job.state),
              `${job.doneUnits} ${job.unit}`,
              instant(job.createTime),
            ]),
            "There was no long work yet.",
          ),
        );
      }),
    );
  jobs
    .command("watch <job>")
    .description("follow a job until it ends")
    .action((jobId: string, _: object, command: Command) =>
      withPlatform(command, async (platform) => {
        let last: Job | undefined;
        let bar: ReturnType<typeof progressBar> | undefined;
        for await (const answer of platform.client(JobServiceDefinition).watchJob({ jobId }, { timeoutMs: Infinity })) {
          last = answer.job;
          if (wantsJson(command)) say(JSON.stringify(WatchJobResponse.toJSON(answer)));
          bar ??= progressBar(command, last?.title ?? "", last?.totalUnits ?? 0);
          bar.at(last?.doneUnits ?? 0);
        }
        bar?.end();
        if (last && !wantsJson(command))
          say([stateOf(last.state), last.errorMessage, counts(last.counts)].filter(Boolean).join(": "));
      }),
    );
  jobs
    .command("cancel <job>")
    .description("ask a job to stop")
    .action((jobId: string, _: object, command: Command) =>
      withPlatform(command, async (platform) => {
        const answer = await platform.client(JobServiceDefinition).cancelJob({ jobId });
        print(command, CancelJobResponse, answer, ({ job }) => `${job?.title} was asked to stop.`);
      }),
    );
}

import {
  mutationOptions,
  type QueryClient,
  queryOptions,
  skipToken,
  useQuery,
  useQueryClient,
  type UseQueryResult,
} from "@tanstack/react-query";
import { api, given } from "../api/client.ts";
import type { Job, JobState, WatchJobResponse } from "../api/contract.ts";
import { answerOf } from "../api/failure.ts";
import type { PagedQuery } from "../api/use-pages.ts";
import { useWatch, type WatchState } from "../api/use-watch.ts";

const jobsKey = ["jobs"] as const;

/** One job. */
const jobQuery = (jobId: string) =>
  queryOptions({
    queryKey: [...jobsKey, jobId],
    queryFn: async ({ signal }) =>
      (await answerOf(api.GET("/v1/jobs/{jobId}", { params: { path: { jobId } }, signal }))).job!,
  });

/** The tenant's jobs, newest first. */
export const jobsPages = (filters: { state: string; kind: string }): PagedQuery<Job> => ({
  queryKey: [...jobsKey, "page", filters],
  fetchPage: async (page, signal) => {
    const query = given({ ...page, state: filters.state as JobState, kind: filters.kind });
    const answer = await answerOf(api.GET("/v1/jobs", { params: { query }, signal }));
    return { rows: answer.jobs, nextPageToken: answer.nextPageToken };
  },
  refreshMs: (jobs) => (jobs.some(isRunning) ? 1_500 : 15_000),
});

/** The job that works on an object and whose title has the name of a file. Searches until it exists. */
export const runningJobQuery = (objectId: string | undefined, fileName: string) =>
  queryOptions({
    queryKey: [...jobsKey, "running", objectId, fileName],
    queryFn: objectId
      ? async ({ signal }) => {
          const query = { objectId, state: "JOB_STATE_RUNNING" as const, pageSize: 10 };
          const { jobs } = await answerOf(api.GET("/v1/jobs", { params: { query }, signal }));
          return jobs.find(({ title }) => title.includes(fileName))?.id ?? null;
        }
      : skipToken,
    refetchInterval: ({ state }) => (state.data ? false : 700),
    gcTime: 0,
  });

export const cancelJob = (queries: QueryClient, jobId: string) =>
  mutationOptions({
    mutationFn: () => answerOf(api.POST("/v1/jobs/{jobId}:cancel", { params: { path: { jobId } }, body: {} })),
    onSuccess: () => queries.invalidateQueries({ queryKey: jobsKey }),
  });

/** One job, kept up to date by its stream until it has ended. */
export function useLiveJob(jobId: string): { query: UseQueryResult<Job>; watch: WatchState } {
  const queries = useQueryClient();
  const query = useQuery(jobQuery(jobId));
  const watch = useWatch<WatchJobResponse>({
    path: query.data && isRunning(query.data) ? `/v1/jobs/${jobId}:watch` : undefined,
    onMessage: ({ job }) => job && queries.setQueryData(jobQuery(jobId).queryKey, job),
    isLast: ({ job }) => job !== undefined && !isRunning(job),
  });
  return { query, watch };
}

export const isRunning = ({ state }: Job): boolean => state === "JOB_STATE_RUNNING";

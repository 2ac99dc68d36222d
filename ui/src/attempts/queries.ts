import { mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import { api, given } from "../api/client.ts";
import type { Attempt, AttemptState, Channel, OutcomeInput } from "../api/contract.ts";
import { answerOf } from "../api/failure.ts";
import type { PagedQuery } from "../api/use-pages.ts";

const attemptsKey = ["attempts"] as const;

export type AttemptFilters = {
  campaignGroupId: string;
  state: string;
  channel: string;
  contactInfo: string;
  recordId: string;
  result: string;
};

export const noAttemptFilters: AttemptFilters = {
  campaignGroupId: "",
  state: "",
  channel: "",
  contactInfo: "",
  recordId: "",
  result: "",
};

/** Attempts made and refused, newest first. */
export const attemptsPages = (filters: AttemptFilters): PagedQuery<Attempt> => ({
  queryKey: [...attemptsKey, "page", filters],
  fetchPage: async (page, signal) => {
    const state = filters.state as AttemptState;
    const channel = filters.channel as Channel;
    const query = given({ ...page, ...filters, state, channel });
    const answer = await answerOf(api.GET("/v1/attempts", { params: { query }, signal }));
    return { rows: answer.attempts, nextPageToken: answer.nextPageToken };
  },
  // An empty list is loaded again, so that people see the first attempt when it is made.
  refreshMs: (attempts) => (attempts.length === 0 || attempts.some(isUnderWay) ? 3_000 : 15_000),
});

/** One attempt. */
export const attemptQuery = (attemptId: string) =>
  queryOptions({
    queryKey: [...attemptsKey, attemptId],
    queryFn: async ({ signal }) =>
      (await answerOf(api.GET("/v1/attempts/{attemptId}", { params: { path: { attemptId } }, signal }))).attempt!,
    refetchInterval: ({ state }) => state.data !== undefined && isUnderWay(state.data) && 2_000,
  });

/** Why an attempt was made or refused: the stored decision, and the verdict of every rule. */
export const explanationQuery = (attemptId: string) =>
  queryOptions({
    queryKey: [...attemptsKey, attemptId, "explanation"],
    queryFn: ({ signal }) =>
      answerOf(api.GET("/v1/attempt-checks/{attemptId}:explain", { params: { path: { attemptId } }, signal })),
  });

export const resolveStaleAttempt = (queries: QueryClient, attemptId: string) =>
  mutationOptions({
    mutationFn: (outcome: OutcomeInput) =>
      answerOf(api.POST("/v1/attempts/{attemptId}:resolve", { params: { path: { attemptId } }, body: { outcome } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: attemptsKey }),
  });

const isUnderWay = ({ state }: Attempt): boolean =>
  state === "ATTEMPT_STATE_INTENDED" || state === "ATTEMPT_STATE_IN_FLIGHT";

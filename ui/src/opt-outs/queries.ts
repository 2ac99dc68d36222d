import { mutationOptions, type QueryClient } from "@tanstack/react-query";
import { api, given } from "../api/client.ts";
import type { OptOut, OptOutState } from "../api/contract.ts";
import { answerOf } from "../api/failure.ts";
import type { PagedQuery } from "../api/use-pages.ts";

const optOutsKey = ["opt-outs"] as const;

export type OptOutFilters = { state: string; contactInfo: string };

export const noOptOutFilters: OptOutFilters = { state: "", contactInfo: "" };

/** What people refused, newest first. */
export const optOutsPages = (filters: OptOutFilters): PagedQuery<OptOut> => ({
  queryKey: [...optOutsKey, "page", filters],
  fetchPage: async (page, signal) => {
    const query = given({ ...page, ...filters, state: filters.state as OptOutState });
    const answer = await answerOf(api.GET("/v1/opt-outs", { params: { query }, signal }));
    return { rows: answer.optOuts, nextPageToken: answer.nextPageToken };
  },
  refreshMs: () => 15_000,
});

export const confirmOptOut = (queries: QueryClient) =>
  mutationOptions({
    mutationFn: (optOutId: string) =>
      answerOf(api.POST("/v1/opt-outs/{optOutId}:confirm", { params: { path: { optOutId } }, body: {} })),
    onSettled: () => queries.invalidateQueries({ queryKey: optOutsKey }),
  });

export const withdrawOptOut = (queries: QueryClient, optOutId: string) =>
  mutationOptions({
    mutationFn: (reason: string) =>
      answerOf(api.POST("/v1/opt-outs/{optOutId}:withdraw", { params: { path: { optOutId } }, body: { reason } })),
    onSettled: () => queries.invalidateQueries({ queryKey: optOutsKey }),
  });

import { mutationOptions, type QueryClient } from "@tanstack/react-query";
import { api, given } from "../api/client.ts";
import type { Undelivered } from "../api/contract.ts";
import { answerOf } from "../api/failure.ts";
import type { PagedQuery } from "../api/use-pages.ts";

const undeliveredKey = ["undelivered"] as const;
/** A message that is delivered again disappears, or is back in the list, within about a second. */
const REFRESH_MS = 5_000;

export interface UndeliveredFilter {
  service: string;
  topic: string;
}

/** Messages that were refused, newest first. `onUnreached` is called with the services that did not answer. */
export const undeliveredPages = (
  filter: UndeliveredFilter,
  onUnreached: (services: string[]) => void,
): PagedQuery<Undelivered> => ({
  queryKey: [...undeliveredKey, "page", filter],
  fetchPage: async (page, signal) => {
    const query = given({ ...page, ...filter });
    const answer = await answerOf(api.GET("/v1/undelivered", { params: { query }, signal }));
    onUnreached(answer.unreachedServices);
    return { rows: answer.undelivered, nextPageToken: answer.nextPageToken };
  },
  refreshMs: () => REFRESH_MS,
});

export const redeliver = (queries: QueryClient) =>
  mutationOptions({
    mutationFn: (undeliveredId: string) =>
      answerOf(
        api.POST("/v1/undelivered/{undeliveredId}:redeliver", { params: { path: { undeliveredId } }, body: {} }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: undeliveredKey }),
  });

export const redeliverAll = (queries: QueryClient) =>
  mutationOptions({
    mutationFn: (filter: UndeliveredFilter) => answerOf(api.POST("/v1/undelivered:redeliverAll", { body: filter })),
    onSettled: () => queries.invalidateQueries({ queryKey: undeliveredKey }),
  });

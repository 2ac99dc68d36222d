import { mutationOptions, type QueryClient } from "@tanstack/react-query";
import { api, given } from "../api/client.ts";
import type { Sender } from "../api/contract.ts";
import { answerOf } from "../api/failure.ts";
import type { PagedQuery } from "../api/use-pages.ts";

const sendersKey = ["senders"] as const;

/** The senders that the tenant has used or claimed. */
export const sendersPages: PagedQuery<Sender> = {
  queryKey: [...sendersKey, "page"],
  fetchPage: async (page, signal) => {
    const answer = await answerOf(api.GET("/v1/senders", { params: { query: given(page) }, signal }));
    return { rows: answer.senders, nextPageToken: answer.nextPageToken };
  },
};

export const claimSender = (queries: QueryClient) =>
  mutationOptions({
    mutationFn: async (sender: string) => (await answerOf(api.POST("/v1/senders:claim", { body: { sender } }))).sender!,
    onSuccess: () => queries.invalidateQueries({ queryKey: sendersKey }),
  });

export const releaseSender = (queries: QueryClient) =>
  mutationOptions({
    mutationFn: (sender: string) => answerOf(api.POST("/v1/senders:release", { body: { sender } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: sendersKey }),
  });

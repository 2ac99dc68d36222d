import { mutationOptions, type QueryClient } from "@tanstack/react-query";
import { api, given } from "../api/client.ts";
import type { HeldMessage } from "../api/contract.ts";
import { answerOf } from "../api/failure.ts";
import type { PagedQuery } from "../api/use-pages.ts";

const heldKey = ["held-messages"] as const;

/** Messages that wait for a person to decide about them, newest first. */
export const heldMessagesPages: PagedQuery<HeldMessage> = {
  queryKey: [...heldKey, "page"],
  fetchPage: async (page, signal) => {
    const answer = await answerOf(api.GET("/v1/held-messages", { params: { query: given(page) }, signal }));
    return { rows: answer.heldMessages, nextPageToken: answer.nextPageToken };
  },
};

export const deleteHeldMessage = (queries: QueryClient) =>
  mutationOptions({
    mutationFn: (heldMessageId: string) =>
      answerOf(api.DELETE("/v1/held-messages/{heldMessageId}", { params: { path: { heldMessageId } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: heldKey }),
  });

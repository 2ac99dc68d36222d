import { mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import { api, given } from "../api/client.ts";
import type {
  OptOutCorrection,
  SuppressionEntry,
  SuppressionEntryInput,
  SuppressionList,
  SuppressionListInput,
} from "../api/contract.ts";
import { answerOf } from "../api/failure.ts";
import type { PagedQuery } from "../api/use-pages.ts";

const suppressionKey = ["suppression-lists"] as const;

/** One suppression list. */
export const suppressionListQuery = (suppressionListId: string) =>
  queryOptions({
    queryKey: [...suppressionKey, suppressionListId],
    queryFn: async ({ signal }) => {
      const params = { path: { suppressionListId } };
      const answer = await answerOf(api.GET("/v1/suppression-lists/{suppressionListId}", { params, signal }));
      return answer.suppressionList!;
    },
  });

/** The tenant's suppression lists, newest first. */
export const suppressionListsPages: PagedQuery<SuppressionList> = {
  queryKey: [...suppressionKey, "page"],
  fetchPage: async (page, signal) => {
    const answer = await answerOf(api.GET("/v1/suppression-lists", { params: { query: given(page) }, signal }));
    return { rows: answer.suppressionLists, nextPageToken: answer.nextPageToken };
  },
};

/** The entries of a list in the order of their values. */
export const entriesPages = (suppressionListId: string, valuePrefix: string): PagedQuery<SuppressionEntry> => ({
  queryKey: [...suppressionKey, suppressionListId, "entries", valuePrefix],
  fetchPage: async (page, signal) => {
    const params = { path: { suppressionListId }, query: given({ ...page, valuePrefix }) };
    const answer = await answerOf(api.GET("/v1/suppression-lists/{suppressionListId}/entries", { params, signal }));
    return { rows: answer.entries, nextPageToken: answer.nextPageToken };
  },
});

/** Whether Herald itself keeps opt-outs in a list. People can only read and correct such a list. */
export const isOfOptOuts = ({ keepsOptOuts }: SuppressionList): boolean => keepsOptOuts;

/** The opt-outs of a list that were taken back, newest first. */
export const correctionsPages = (suppressionListId: string): PagedQuery<OptOutCorrection> => ({
  queryKey: [...suppressionKey, suppressionListId, "corrections"],
  fetchPage: async (page, signal) => {
    const params = { path: { suppressionListId }, query: given(page) };
    const answer = await answerOf(api.GET("/v1/suppression-lists/{suppressionListId}/corrections", { params, signal }));
    return { rows: answer.corrections, nextPageToken: answer.nextPageToken };
  },
});

/** Which lists contain a device or client. */
export const lookUpQuery = (value: string) =>
  queryOptions({
    queryKey: [...suppressionKey, "look-up", value],
    queryFn: async ({ signal }) =>
      (await answerOf(api.GET("/v1/suppression-lists:lookUp", { params: { query: { value } }, signal }))).hits,
    enabled: value !== "",
  });

export const createSuppressionList = (queries: QueryClient, requestId: string) =>
  mutationOptions({
    mutationFn: async (suppressionList: SuppressionListInput) =>
      (await answerOf(api.POST("/v1/suppression-lists", { body: { suppressionList, requestId } }))).suppressionList!,
    onSuccess: () => forgetSuppression(queries),
  });

export const updateSuppressionList = (queries: QueryClient, { id, etag }: SuppressionList) =>
  mutationOptions({
    mutationFn: async ({ name, description, channels, required }: SuppressionListInput) => {
      const suppressionList = { name, description, channels, required, etag };
      const body = { suppressionList, updateMask: "name,description,channels,required" };
      const params = { path: { suppressionListId: id } };
      return answerOf(api.PATCH("/v1/suppression-lists/{suppressionListId}", { params, body }));
    },
    onSuccess: () => forgetSuppression(queries),
  });

export const deleteSuppressionList = (queries: QueryClient, suppressionListId: string) =>
  mutationOptions({
    mutationFn: () =>
      answerOf(api.DELETE("/v1/suppression-lists/{suppressionListId}", { params: { path: { suppressionListId } } })),
    onSuccess: () => {
      queries.removeQueries({ queryKey: [...suppressionKey, suppressionListId] });
      return forgetSuppression(queries);
    },
  });

export const addEntries = (queries: QueryClient, suppressionListId: string) =>
  mutationOptions({
    mutationFn: (entries: SuppressionEntryInput[]) =>
      answerOf(
        api.POST("/v1/suppression-lists/{suppressionListId}/entries:add", {
          params: { path: { suppressionListId } },
          body: { entries },
        }),
      ),
    onSuccess: () => forgetSuppression(queries),
  });

/** Removes entries. From a list in which Herald keeps opt-outs they are removed one at a time, with a reason. */
export const removeEntries = (queries: QueryClient, suppressionListId: string) =>
  mutationOptions({
    mutationFn: (removal: { values: string[]; reason?: string }) =>
      answerOf(
        api.POST("/v1/suppression-lists/{suppressionListId}/entries:remove", {
          params: { path: { suppressionListId } },
          body: removal,
        }),
      ),
    onSuccess: () => forgetSuppression(queries),
  });

/** Reloads counts, entries and look-ups after a change. */
export const forgetSuppression = (queries: QueryClient) => queries.invalidateQueries({ queryKey: suppressionKey });

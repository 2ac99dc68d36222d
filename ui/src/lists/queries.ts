import { mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import { api, given } from "../api/client.ts";
import type { ContactList, ContactListInput, Import, Record as ContactRecord } from "../api/contract.ts";
import { answerOf, asFailure } from "../api/failure.ts";
import { backOffMs } from "../api/query-client.ts";
import type { PagedQuery } from "../api/use-pages.ts";

const listsKey = ["contact-lists"] as const;

/** One contact list. */
export const listQuery = (contactListId: string) =>
  queryOptions({
    queryKey: [...listsKey, contactListId],
    queryFn: async ({ signal }) => {
      const params = { path: { contactListId } };
      return (await answerOf(api.GET("/v1/contact-lists/{contactListId}", { params, signal }))).contactList!;
    },
  });

/** The tenant's contact lists, newest first. */
export const listsPages = (query: string): PagedQuery<ContactList> => ({
  queryKey: [...listsKey, "page", query],
  fetchPage: async (page, signal) => {
    const params = { query: given({ ...page, query }) };
    const answer = await answerOf(api.GET("/v1/contact-lists", { params, signal }));
    return { rows: answer.contactLists, nextPageToken: answer.nextPageToken };
  },
  refreshMs: (lists) => lists.some(({ state }) => state === "CONTACT_LIST_STATE_IMPORTING") && 2_000,
});

/** A search in the records of a list: at most one of the three has a value. */
export interface RecordSearch {
  clientId?: string;
  contactInfo?: string;
  name?: string;
}

/** The records of a list, in the order of their import. */
export const recordsPages = (contactListId: string, search: RecordSearch): PagedQuery<ContactRecord> => ({
  queryKey: [...listsKey, contactListId, "records", search],
  fetchPage: async (page, signal) => {
    const params = { path: { contactListId }, query: given({ ...page, ...search }) };
    const answer = await answerOf(api.GET("/v1/contact-lists/{contactListId}/records", { params, signal }));
    return { rows: answer.records, nextPageToken: answer.nextPageToken };
  },
});

/** The imports of a list, newest first. */
export const importsPages = (contactListId: string): PagedQuery<Import> => ({
  queryKey: [...listsKey, contactListId, "imports"],
  fetchPage: async (page, signal) => {
    const params = { path: { contactListId }, query: given(page) };
    const answer = await answerOf(api.GET("/v1/contact-lists/{contactListId}/imports", { params, signal }));
    return { rows: answer.imports, nextPageToken: answer.nextPageToken };
  },
  refreshMs: (imports) => imports.some(isRunning) && 2_000,
});

/** One import; loaded again until it has ended. */
export const importQuery = (importId: string) =>
  queryOptions({
    queryKey: ["imports", importId],
    queryFn: async ({ signal }) => {
      const params = { path: { importId } };
      return (await answerOf(api.GET("/v1/imports/{importId}", { params, signal }))).import!;
    },
    refetchInterval: ({ state }) => state.data !== undefined && isRunning(state.data) && 1_000,
  });

/** Creates a list. The same request id does not create a second one. */
export const makeList = async (contactList: ContactListInput, requestId: string): Promise<ContactList> =>
  (await answerOf(api.POST("/v1/contact-lists", { body: { contactList, requestId } }))).contactList!;

export const createList = (queries: QueryClient, requestId: string) =>
  mutationOptions({
    mutationFn: (contactList: ContactListInput) => makeList(contactList, requestId),
    onSuccess: () => queries.invalidateQueries({ queryKey: listsKey }),
  });

export const updateList = (queries: QueryClient, { id, etag }: ContactList) =>
  mutationOptions({
    mutationFn: async (change: { name: string; description: string; defaultRegion: string }) => {
      const body = { contactList: { ...change, etag }, updateMask: "name,description,defaultRegion" };
      const params = { path: { contactListId: id } };
      return (await answerOf(api.PATCH("/v1/contact-lists/{contactListId}", { params, body }))).contactList!;
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: listsKey }),
  });

const removeList = (contactListId: string) =>
  answerOf(api.DELETE("/v1/contact-lists/{contactListId}", { params: { path: { contactListId } } }));

const unmakeTries = 8;

/** Deletes a list that was created for a failed import. It may take a moment until the import has ended. */
export async function unmakeList(contactListId: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await removeList(contactListId);
      return;
    } catch (error) {
      const isRunningStill = asFailure(error).reason === "ERROR_REASON_IMPORT_IN_PROGRESS";
      if (tries === unmakeTries || !(isRunningStill || asFailure(error).isPassing)) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, backOffMs(tries)));
  }
}

export const deleteList = (queries: QueryClient, contactListId: string) =>
  mutationOptions({
    mutationFn: () => removeList(contactListId),
    onSuccess: () => {
      queries.removeQueries({ queryKey: [...listsKey, contactListId] });
      return queries.invalidateQueries({ queryKey: listsKey });
    },
  });

/** Reloads a list's counts and records, which change with an import. */
export const forgetList = (queries: QueryClient) => queries.invalidateQueries({ queryKey: listsKey });

export const isRunning = ({ state }: Import): boolean => state === "IMPORT_STATE_RUNNING";

import { queryOptions } from "@tanstack/react-query";
import { api, given } from "../api/client.ts";
import type { Contact, Interaction } from "../api/contract.ts";
import { answerOf } from "../api/failure.ts";
import type { PagedQuery } from "../api/use-pages.ts";

const contactsKey = ["contacts"] as const;

/** The tenant's contacts, the one with the latest interaction first. */
export const contactsPages = (query: string): PagedQuery<Contact> => ({
  queryKey: [...contactsKey, "page", query],
  fetchPage: async (page, signal) => {
    const params = { query: given({ ...page, query }) };
    const answer = await answerOf(api.GET("/v1/contacts", { params, signal }));
    return { rows: answer.contacts, nextPageToken: answer.nextPageToken };
  },
});

/** One contact. */
export const contactQuery = (contactId: string) =>
  queryOptions({
    queryKey: [...contactsKey, contactId],
    queryFn: async ({ signal }) =>
      (await answerOf(api.GET("/v1/contacts/{contactId}", { params: { path: { contactId } }, signal }))).contact!,
  });

/** The interactions of a contact on all channels, newest first. */
export const historyPages = (contactId: string): PagedQuery<Interaction> => ({
  queryKey: [...contactsKey, contactId, "history"],
  fetchPage: async (page, signal) => {
    const params = { path: { contactId }, query: given(page) };
    const answer = await answerOf(api.GET("/v1/contacts/{contactId}/history", { params, signal }));
    return { rows: answer.interactions, nextPageToken: answer.nextPageToken };
  },
});

import { mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import { api, given } from "../api/client.ts";
import type { Channel, Provider, ProviderInput } from "../api/contract.ts";
import { answerOf } from "../api/failure.ts";
import type { PagedQuery } from "../api/use-pages.ts";

const providersKey = ["providers"] as const;
/** The state of a provider changes by itself. */
const refreshEveryMs = 5_000;

/** The tenant's providers, newest first. */
export const providersPages: PagedQuery<Provider> = {
  queryKey: [...providersKey, "page"],
  fetchPage: async (page, signal) => {
    const answer = await answerOf(api.GET("/v1/providers", { params: { query: given(page) }, signal }));
    return { rows: answer.providers, nextPageToken: answer.nextPageToken };
  },
  refreshMs: () => refreshEveryMs,
};

/** The tenant's providers of a channel, of which there are few. */
export const providersOfChannel = (channel: Channel) =>
  queryOptions({
    queryKey: [...providersKey, "channel", channel],
    queryFn: async ({ signal }) =>
      (await answerOf(api.GET("/v1/providers", { params: { query: { channel, pageSize: 500 } }, signal }))).providers,
  });

/** A change of a provider: its new values, and the fields that they are for. */
export interface ProviderEdit {
  provider: ProviderInput;
  fields: readonly string[];
}

/** Creates a provider, or changes the one that is given. */
export const saveProvider = (queries: QueryClient, before: Provider | undefined) =>
  mutationOptions({
    mutationFn: async ({ provider, fields }: ProviderEdit) => {
      if (!before) return (await answerOf(api.POST("/v1/providers", { body: { provider } }))).provider!;
      const body = { provider: { ...provider, etag: before.etag }, updateMask: fields.join(",") };
      const params = { path: { providerId: before.id } };
      return (await answerOf(api.PATCH("/v1/providers/{providerId}", { params, body }))).provider!;
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: providersKey }),
  });

export const removeProvider = (queries: QueryClient) =>
  mutationOptions({
    mutationFn: (providerId: string) =>
      answerOf(api.DELETE("/v1/providers/{providerId}", { params: { path: { providerId } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: providersKey }),
  });

export const tryProvider = (providerId: string) =>
  mutationOptions({
    mutationFn: (sender: string) =>
      answerOf(api.POST("/v1/providers/{providerId}:test", { params: { path: { providerId } }, body: { sender } })),
  });

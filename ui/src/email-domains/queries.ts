import { mutationOptions, queryOptions, type QueryClient } from "@tanstack/react-query";
import { api } from "../api/client.ts";
import { answerOf } from "../api/failure.ts";

const domainsKey = ["email-domains"] as const;

/** The domains from which the tenant sends email. */
export const emailDomainsQuery = queryOptions({
  queryKey: domainsKey,
  queryFn: async ({ signal }) => (await answerOf(api.GET("/v1/email-domains", { signal }))).emailDomains,
});

const afterwards = (queries: QueryClient) => ({
  onSuccess: () => queries.invalidateQueries({ queryKey: domainsKey }),
});

export const addEmailDomain = (queries: QueryClient) =>
  mutationOptions({
    mutationFn: async (domain: string) =>
      (await answerOf(api.POST("/v1/email-domains", { body: { domain } }))).emailDomain!,
    ...afterwards(queries),
  });

export const checkEmailDomain = (queries: QueryClient) =>
  mutationOptions({
    mutationFn: (domain: string) =>
      answerOf(api.POST("/v1/email-domains/{domain}:check", { params: { path: { domain } }, body: {} })),
    ...afterwards(queries),
  });

export const rotateDkimKeys = (queries: QueryClient) =>
  mutationOptions({
    mutationFn: (domain: string) =>
      answerOf(api.POST("/v1/email-domains/{domain}:rotate", { params: { path: { domain } }, body: {} })),
    ...afterwards(queries),
  });

export const deleteEmailDomain = (queries: QueryClient) =>
  mutationOptions({
    mutationFn: (domain: string) =>
      answerOf(api.DELETE("/v1/email-domains/{domain}", { params: { path: { domain } } })),
    ...afterwards(queries),
  });

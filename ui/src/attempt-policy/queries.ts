import { mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import { api } from "../api/client.ts";
import type { AttemptPolicy } from "../api/contract.ts";
import { answerOf } from "../api/failure.ts";

const policyKey = ["attemptPolicy"] as const;

export const attemptPolicyQuery = queryOptions({
  queryKey: policyKey,
  queryFn: async ({ signal }) => (await answerOf(api.GET("/v1/attempt-policy", { signal }))).attemptPolicy!,
});

/** What people can change of the policy. */
export type PolicyValues = Pick<
  AttemptPolicy,
  "callsExclusive" | "callHoldSeconds" | "messagesExclusive" | "messageHoldSeconds"
>;

/** Changes the policy as it was read, so that nobody overwrites what somebody else changed meanwhile. */
export const updateAttemptPolicy = (queries: QueryClient, { etag }: AttemptPolicy) =>
  mutationOptions({
    mutationFn: async (values: PolicyValues) => {
      const body = { attemptPolicy: { ...values, etag }, updateMask: Object.keys(values).join(",") };
      return (await answerOf(api.PATCH("/v1/attempt-policy", { body }))).attemptPolicy!;
    },
    onSuccess: (policy) => queries.setQueryData(policyKey, policy),
  });

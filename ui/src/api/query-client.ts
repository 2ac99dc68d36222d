import { QueryClient } from "@tanstack/react-query";
import { asFailure } from "./failure.ts";

const mostRetries = 3;

/** One cache for the application. Only failures that may pass are tried again, and only for reads. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (failures, error) => failures < mostRetries && asFailure(error).isPassing,
      retryDelay: (failures, error) => asFailure(error).retryAfterMs ?? backOffMs(failures),
    },
    mutations: { retry: false },
  },
});

/** Doubles from half a second to 15 seconds, with half of it left to chance so that many pages do not return at once. */
export function backOffMs(failures: number, chance = Math.random()): number {
  return Math.min(500 * 2 ** failures, 15_000) * (0.5 + chance / 2);
}

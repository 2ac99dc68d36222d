import { QueryClient } from "@tanstack/react-query";
import { asFailure } from "./failure.ts";

const mostRetries = 3;

/** The application's cache. Only reads are retried, and only after temporary failures. */
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

/** The wait before a retry: it doubles from half a second up to 15 seconds. Half of it is random, so that many pages do not retry at the same moment. */
export function backOffMs(failures: number, chance = Math.random()): number {
  return Math.min(500 * 2 ** failures, 15_000) * (0.5 + chance / 2);
}

import { Skeleton, Stack, VisuallyHidden } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ErrorPanel } from "./error-panel.tsx";

interface Props<Data> {
  /** What is awaited: `The list`. */
  what: string;
  query: UseQueryResult<Data>;
  children: (data: Data) => ReactNode;
}

/** Shows what a query brings; before that its shape, or why it did not come. */
export function Awaited<Data>({ what, query, children }: Props<Data>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) {
    return (
      <ErrorPanel title={`${what} could not be loaded`} error={query.error} onRetry={() => void query.refetch()} />
    );
  }
  return (
    <Stack aria-busy="true" aria-live="polite">
      <VisuallyHidden>{what} is being loaded.</VisuallyHidden>
      <Skeleton height={28} width="40%" />
      <Skeleton height={90} radius="lg" />
      <Skeleton height={220} radius="lg" />
    </Stack>
  );
}

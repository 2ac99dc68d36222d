import { Skeleton, Stack, VisuallyHidden } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { asFailure } from "../api/failure.ts";
import { ErrorPanel } from "./error-panel.tsx";
import { Page } from "./page.tsx";

interface Props<Data> {
  /** Name of what is loaded: `The list`. */
  what: string;
  query: UseQueryResult<Data>;
  /** For a whole page: the page above it, to which a failure links. */
  parent?: { label: string; to: string };
  children: (data: Data) => ReactNode;
}

/** Shows the data of a query; before that, a placeholder or the failure. */
export function QueryView<Data>({ what, query, parent, children }: Props<Data>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) {
    const panel = (
      <ErrorPanel title={`${what} could not be loaded`} error={query.error} onRetry={() => void query.refetch()} />
    );
    if (!parent) return panel;
    const isGone = asFailure(query.error).status === 404;
    return (
      <Page title={isGone ? "Not found" : "Not loaded"} parent={parent}>
        {panel}
      </Page>
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

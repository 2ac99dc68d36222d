import { keepPreviousData, type QueryKey, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type ApiFailure, asFailure } from "./failure.ts";

export interface Page<Row> {
  rows: Row[];
  nextPageToken: string;
}

/** A list RPC, page by page. The key contains the filter, so that another filter begins at its first page. */
export interface PagedQuery<Row> {
  queryKey: QueryKey;
  fetchPage: (page: { pageSize: number; pageToken: string }, signal: AbortSignal) => Promise<Page<Row>>;
  /** After which time to load the rows again while they are shown; false for rows that do not change by themselves. */
  refreshMs?: (rows: Row[]) => number | false;
}

/** What a table and its pager need. */
export interface Pages<Row> {
  /** Undefined until the first response. */
  rows: Row[] | undefined;
  isFetching: boolean;
  failure: ApiFailure | undefined;
  refresh: () => void;
  /** 1 for the first page. */
  number: number;
  hasNext: boolean;
  next: () => void;
  previous: () => void;
  pageSize: number;
  setPageSize: (pageSize: number) => void;
}

const usualPageSize = 25;

/** Pages through a list. The contract's tokens only lead forward, so earlier tokens are remembered here. */
export function usePages<Row>({ queryKey, fetchPage, refreshMs }: PagedQuery<Row>): Pages<Row> {
  const [pageSize, setPageSize] = useState(usualPageSize);
  const listKey = JSON.stringify([queryKey, pageSize]);
  const [walked, setWalked] = useState({ listKey, tokens: [""] });
  const tokens = walked.listKey === listKey ? walked.tokens : [""];
  const pageToken = tokens.at(-1) ?? "";

  const query = useQuery({
    queryKey: [...queryKey, { pageSize, pageToken }],
    queryFn: ({ signal }) => fetchPage({ pageSize, pageToken }, signal),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data && refreshMs ? refreshMs(state.data.rows) : false),
  });
  const nextPageToken = query.isPlaceholderData ? "" : (query.data?.nextPageToken ?? "");

  return {
    rows: query.data?.rows,
    isFetching: query.isFetching,
    failure: query.error ? asFailure(query.error) : undefined,
    refresh: () => void query.refetch(),
    number: tokens.length,
    hasNext: nextPageToken !== "",
    next: () => setWalked({ listKey, tokens: [...tokens, nextPageToken] }),
    previous: () => setWalked({ listKey, tokens: tokens.slice(0, -1) }),
    pageSize,
    setPageSize,
  };
}

import { skipToken, useQuery } from "@tanstack/react-query";
import type { Record as ContactRecord } from "../api/contract.ts";
import { recordsPages } from "../lists/queries.ts";

const sampleSize = 5;
const none: ContactRecord[] = [];

/** The first records of a list, to show how a message will look. */
export function useSampleRecords(contactListId: string | undefined): ContactRecord[] {
  const { data } = useQuery({
    queryKey: ["contact-lists", contactListId, "sample"],
    queryFn: contactListId
      ? async ({ signal }) =>
          (await recordsPages(contactListId, {}).fetchPage({ pageSize: sampleSize, pageToken: "" }, signal)).rows
      : skipToken,
  });
  return data ?? none;
}

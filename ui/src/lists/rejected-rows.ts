import { queryOptions } from "@tanstack/react-query";
import type { RejectedRow } from "../api/contract.ts";
import { failureOf } from "../api/failure.ts";
import { send } from "../api/send.ts";
import { csvRows } from "./csv-rows.ts";

/** The rejected rows that the page shows; the download has all of them. */
export interface RejectedRows {
  rows: RejectedRow[];
  /** False if there are more in the file. */
  isAll: boolean;
}

const mostCharacters = 256 * 1024;
const mostRows = 100;

/** Address of the rejected rows of an import, as CSV. */
export const rejectedRowsPath = (importId: string): string => `/v1/imports/${importId}/rejected-rows`;

/** The first rejected rows of an import, read from the beginning of its file. */
export const rejectedRowsQuery = (importId: string) =>
  queryOptions({
    queryKey: ["imports", importId, "rejected-rows"],
    queryFn: async ({ signal }): Promise<RejectedRows> => {
      const response = await send(new Request(rejectedRowsPath(importId), { signal }));
      if (!response.ok) throw failureOf(response, await response.json().catch(() => undefined));
      return parseRejectedRows(await beginningOf(response));
    },
  });

/** The first rejected rows: line, reason, column, detail, in that order. */
function parseRejectedRows({ text, isWhole }: { text: string; isWhole: boolean }): RejectedRows {
  const [, ...found] = csvRows(text, mostRows + 2);
  const rows = found.slice(0, mostRows).map(([line = "", reason = "", column = "", detail = ""]) => {
    return { line, reason, column, detail };
  });
  return { rows, isAll: isWhole && found.length <= mostRows };
}

async function beginningOf(response: Response): Promise<{ text: string; isWhole: boolean }> {
  let text = "";
  if (!response.body) return { text, isWhole: true };
  // Leaving the loop early stops the download.
  for await (const piece of response.body.pipeThrough(new TextDecoderStream())) {
    text += piece;
    if (text.length >= mostCharacters) return { text, isWhole: false };
  }
  return { text, isWhole: true };
}

/** Pages: one rule for sizes, tokens that hold only for the same filters, and keyset queries so that pages meet without gap or repeat. */
import { createHash } from "node:crypto";
import { status } from "@grpc/grpc-js";
import { invalidField, RpcError } from "../errors/errors.ts";

/** A value of the sort key at which a page ended. */
export type KeyPart = string | number | null;

export interface Page {
  /** Rows to return at most. */
  size: number;
  /** Rows to ask the database for: one more than `size`, which tells whether there is a next page. */
  limit: number;
  /** The sort key of the last row of the page before; undefined for the first page. */
  after: readonly KeyPart[] | undefined;
  /** The filters, so that a token cannot be used with others. */
  filters: string;
}

/** Reads `page_size` and `page_token`. Every other field of the request is a filter that the token is bound to. */
export function readPage(
  req: { pageSize: number; pageToken: string },
  { usual, most }: { usual: number; most: number },
): Page {
  const { pageSize, pageToken, ...filters } = req;
  if (pageSize < 0)
    throw invalidField("page_size", `Must not be below 0; 0 means ${usual}, and more than ${most} is read as ${most}.`);
  const size = Math.min(pageSize || usual, most);
  const digest = createHash("sha256").update(JSON.stringify(filters)).digest("base64url").slice(0, 12);
  return { size, limit: size + 1, after: pageToken ? readToken(pageToken, digest) : undefined, filters: digest };
}

/** Cuts the rows that were found (up to `page.limit`) to the page, and makes the token of the next one from the last row's sort key. */
export function pageOf<Row, Item>(
  page: Page,
  rows: readonly Row[],
  keyOf: (row: Row) => readonly KeyPart[],
  toItem: (row: Row) => Item,
): { items: Item[]; nextPageToken: string } {
  const shown = rows.slice(0, page.size);
  const last = rows.length > page.size ? shown.at(-1) : undefined;
  return { items: shown.map(toItem), nextPageToken: last === undefined ? "" : writeToken(page.filters, keyOf(last)) };
}

const writeToken = (filters: string, key: readonly KeyPart[]) =>
  Buffer.from(JSON.stringify([filters, ...key])).toString("base64url");

function readToken(token: string, filters: string): KeyPart[] {
  const parts = parseToken(token);
  if (parts?.[0] === filters) return parts.slice(1);
  throw pageTokenInvalid();
}

/** Whether a request asks for a later page than the first. Its token may be forged. */
export const hasPageToken = (request: unknown): boolean =>
  typeof request === "object" && request !== null && "pageToken" in request && request.pageToken !== "";

/** INVALID_ARGUMENT for a token that is not one of this call with these filters. */
export const pageTokenInvalid = (): RpcError =>
  new RpcError(
    status.INVALID_ARGUMENT,
    "page_token was not made by this call with these filters; begin again without it.",
    {
      reason: "ERROR_REASON_PAGE_TOKEN_INVALID",
      fields: [
        {
          field: "page_token",
          description: "Send back the `next_page_token` of the page before, with the same filters.",
        },
      ],
    },
  );

function parseToken(token: string): KeyPart[] | undefined {
  try {
    const parts: unknown = JSON.parse(Buffer.from(token, "base64url").toString());
    const isKey = (part: unknown) => part === null || typeof part === "string" || typeof part === "number";
    return Array.isArray(parts) && parts.every(isKey) ? parts : undefined;
  } catch {
    return undefined;
  }
}

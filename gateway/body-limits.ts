/** Limits for bodies other than files. Calls without a token may send little. A larger body is refused before any of it is passed on. */
import { typed } from "./typed.ts";

/** Routes give this filter its settings by its name. */
export const BODY_LIMIT = "body-limit";

/** The largest gRPC message that services take. */
export const LARGEST_MESSAGE = 4 << 20;

/** The largest JSON body that is transcoded to gRPC. */
export const LARGEST_JSON = 1 << 20;

/** Without a token: the four texts of a sign-in at their longest, even if each letter is written as an escape. */
export const LARGEST_OF_STRANGERS = 32 << 10;

/** The limit for a route, with the words for a caller that sends more. */
export const limitedTo = (bytes: number) => ({
  metadata: { filter_metadata: { [BODY_LIMIT]: { most: inWords(bytes) } } },
  filter: {
    [BODY_LIMIT]: typed("envoy.extensions.filters.http.buffer.v3.BufferPerRoute", {
      buffer: { max_request_bytes: bytes },
    }),
  },
});

/** The placeholder for the limit of the route in an answer. */
export const LIMIT_IN_WORDS = `%METADATA(ROUTE:${BODY_LIMIT}:most)%`;

const inWords = (bytes: number): string => (bytes < 1 << 20 ? `${bytes >> 10} KiB` : `${bytes >> 20} MiB`);

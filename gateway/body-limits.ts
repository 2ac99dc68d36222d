/** How large the body of a call may be that is no file. Who needs no token may send little; a larger body is refused before any of it is sent on. */
import { typed } from "./typed.ts";

/** Routes give this filter its settings by its name. */
export const BODY_LIMIT = "body-limit";

/** As much as services take in one message of gRPC. */
export const LARGEST_MESSAGE = 4 << 20;

/** As much as is turned from JSON into gRPC. */
export const LARGEST_JSON = 1 << 20;

/** Of somebody without a token: the four texts of a sign-in at their longest, also if each letter is written as an escape. */
export const LARGEST_OF_STRANGERS = 32 << 10;

/** For a route; what it says of itself is told to who sends more. */
export const limitedTo = (bytes: number) => ({
  metadata: { filter_metadata: { [BODY_LIMIT]: { most: inWords(bytes) } } },
  filter: {
    [BODY_LIMIT]: typed("envoy.extensions.filters.http.buffer.v3.BufferPerRoute", {
      buffer: { max_request_bytes: bytes },
    }),
  },
});

/** What an answer puts there for the limit of its route. */
export const LIMIT_IN_WORDS = `%METADATA(ROUTE:${BODY_LIMIT}:most)%`;

const inWords = (bytes: number): string => (bytes < 1 << 20 ? `${bytes >> 10} KiB` : `${bytes >> 20} MiB`);

/**
 * Errors that Envoy makes itself, in the shape of those that services make: `{ code, message, details }`. Envoy knows only HTTP statuses,
 * so each status gets the canonical code and reason that fit it best. gRPC clients get them as status and message.
 */
import { errorHeaders } from "./answer-headers.ts";
import { LIMIT_IN_WORDS } from "./body-limits.ts";

interface EdgeError {
  http: number;
  code: number;
  reason: string;
  /** Used in place of Envoy's own words where those would not help. */
  message?: string;
}

const COMMON = "ERROR_REASON_";

const edgeErrors: readonly EdgeError[] = [
  { http: 400, code: 3, reason: "FIELDS_INVALID", message: "The request is not well formed. %LOCAL_REPLY_BODY%" },
  {
    http: 401,
    code: 16,
    reason: "NOT_AUTHENTICATED",
    message: "An access token of this platform is needed. %LOCAL_REPLY_BODY%",
  },
  { http: 403, code: 7, reason: "PERMISSION_MISSING" },
  {
    http: 404,
    code: 5,
    reason: "PATH_UNKNOWN",
    message: "There is nothing at this method and path. /openapi.json lists what there is.",
  },
  { http: 405, code: 12, reason: "PATH_UNKNOWN" },
  { http: 408, code: 4, reason: "DEPENDENCY_UNAVAILABLE", message: "The request did not arrive in time." },
  {
    http: 413,
    code: 3,
    reason: "FIELDS_INVALID",
    message: `The body is larger than this call takes, which is ${LIMIT_IN_WORDS} at most.`,
  },
  { http: 415, code: 3, reason: "FIELDS_INVALID" },
  {
    http: 429,
    code: 8,
    reason: "RATE_LIMITED",
    message: "The rate limit of this tenant, or of this address without a token, is spent; try again in a second.",
  },
  { http: 431, code: 3, reason: "FIELDS_INVALID", message: "The request headers are too large." },
  { http: 500, code: 13, reason: "INTERNAL" },
  { http: 502, code: 14, reason: "DEPENDENCY_UNAVAILABLE", message: "The service gave no usable answer; try again." },
  {
    http: 503,
    code: 14,
    reason: "DEPENDENCY_UNAVAILABLE",
    message: "The service is not there at the moment; try again.",
  },
  { http: 504, code: 4, reason: "DEPENDENCY_UNAVAILABLE", message: "The service did not answer in time." },
];

const headerBegins = (name: string, prefix: string) => ({
  header_filter: { header: { name, string_match: { prefix } } },
});

/** A REST call looks like gRPC once it is transcoded; the transcoder leaves the path it came by. */
const notTranscoded = {
  header_filter: { header: { name: "x-envoy-original-path", present_match: true, invert_match: true } },
};

const statusIs = (status: number) => ({
  status_code_filter: {
    comparison: { op: "EQ", value: { default_value: status, runtime_key: `edge.error.${status}` } },
  },
});

const json = ({ http, code, reason, message }: EdgeError) => ({
  filter: statusIs(http),
  headers_to_add: errorHeaders,
  body_format_override: {
    content_type: "application/json",
    json_format: {
      code,
      message: message ?? "%LOCAL_REPLY_BODY%",
      details: [
        {
          "@type": "type.googleapis.com/google.rpc.ErrorInfo",
          reason: COMMON + reason,
          domain: "herald",
          metadata: { requestId: "%REQ(X-REQUEST-ID)%" },
        },
      ],
    },
  },
});

/** Answers of the body check already have this shape. Only they have Envoy's flag of a refused authorization. */
const bodyRefused = (http: number) => ({
  filter: { and_filter: { filters: [{ response_flag_filter: { flags: ["UAEX"] } }, statusIs(http)] } },
  body_format_override: {
    content_type: "application/json",
    text_format_source: { inline_string: "%LOCAL_REPLY_BODY%" },
  },
});

/** For `local_reply_config`. The first mapper that fits is used: gRPC answers keep plain words. */
export const errorReplies = {
  mappers: [
    {
      filter: { and_filter: { filters: [headerBegins("content-type", "application/grpc"), notTranscoded] } },
      body_format_override: { text_format_source: { inline_string: "%LOCAL_REPLY_BODY%" } },
    },
    ...[400, 415, 429].map(bodyRefused),
    ...edgeErrors.map(json),
  ],
};

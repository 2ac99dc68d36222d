/** The filters that every request passes in this order, and its answer in the opposite order. */
import { methods } from "../gen/methods.ts";
import type { GatewayOptions } from "./options.ts";
import { typed } from "./typed.ts";
import { ANSWER_HEADERS, answerHeaders } from "./answer-headers.ts";
import { BODY_LIMIT, LARGEST_JSON } from "./body-limits.ts";
import { BODY_CHECK_CLUSTER, KEYS_PATH, SELF_CLUSTER } from "./clusters.ts";
import { CLIENT, rateLimit } from "./limits.ts";
import { PAGE_STATUS, pageStatus } from "./pages.ts";

/** How often Envoy looks for new signing keys. Identity announces a key longer than this before it signs with it. */
const JWKS_CACHE = "60s";

/** Routes give this filter its settings by its name. */
export const CORS = "envoy.filters.http.cors";
export const BODY_CHECK = "body-check";
const TRANSCODER = "transcoder";

export const httpFilters = (options: GatewayOptions) => [
  { name: ANSWER_HEADERS, typed_config: answerHeaders(options) },
  { name: "health", typed_config: healthCheck(options) },
  { name: CORS, typed_config: typed("envoy.extensions.filters.http.cors.v3.Cors") },
  { name: "jwt", typed_config: jwt() },
  { name: "rate-limit", typed_config: rateLimit(options) },
  { name: "compressor", typed_config: compressor },
  { name: "envoy.filters.http.file_server", typed_config: files(options) },
  { name: "grpc-web", typed_config: typed("envoy.extensions.filters.http.grpc_web.v3.GrpcWeb") },
  // Only the routes that ask for it have it: gRPC and uploads are not held back.
  {
    name: BODY_LIMIT,
    disabled: true,
    typed_config: typed("envoy.extensions.filters.http.buffer.v3.Buffer", { max_request_bytes: 1 }),
  },
  { name: BODY_CHECK, disabled: true, typed_config: bodyCheck },
  { name: PAGE_STATUS, disabled: true, typed_config: pageStatus },
  { name: TRANSCODER, typed_config: transcoder(options) },
  {
    name: "router",
    typed_config: typed("envoy.extensions.filters.http.router.v3.Router", { suppress_envoy_headers: true }),
  },
];

/**
 * Checks JSON bodies for what the transcoder would silently ignore: names that the contract does not know. While the check is away,
 * requests with a body are refused.
 */
const bodyCheck = typed("envoy.extensions.filters.http.ext_authz.v3.ExtAuthz", {
  http_service: {
    server_uri: { uri: `http://${BODY_CHECK_CLUSTER}`, cluster: BODY_CHECK_CLUSTER, timeout: "2s" },
    // Callers take turns there: by tenant, or by address without a token.
    authorization_request: { headers_to_add: [{ key: "x-herald-client", value: CLIENT }] },
    authorization_response: {
      allowed_client_headers: { patterns: [{ exact: "content-type" }, { exact: "retry-after" }] },
    },
  },
  with_request_body: { max_request_bytes: LARGEST_JSON, allow_partial_message: false },
  allowed_headers: {
    patterns: [{ exact: "content-type" }, { exact: "x-request-id" }, { exact: "x-herald-tenant" }],
  },
  disallowed_headers: { patterns: [{ exact: "authorization" }] },
  failure_mode_allow: false,
  status_on_error: { code: "ServiceUnavailable" },
});

/** `GET /healthz` is 200 while every service has a healthy instance, and the edge passes on what it asks itself. */
const healthCheck = (options: GatewayOptions) =>
  typed("envoy.extensions.filters.http.health_check.v3.HealthCheck", {
    pass_through_mode: false,
    headers: [{ name: ":path", string_match: { exact: "/healthz" } }],
    cluster_min_healthy_percentages: Object.fromEntries(
      [...Object.keys(options.services), BODY_CHECK_CLUSTER, SELF_CLUSTER].map((name) => [name, { value: 1 }]),
    ),
  });

/** Verifies access tokens with the keys of `identity`, once for each token. Public RPCs and the UI's files need none. */
const jwt = () => {
  const verified = { provider_name: "identity" };
  return typed("envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication", {
    bypass_cors_preflight: true,
    providers: {
      identity: {
        issuer: "herald",
        forward: true,
        clock_skew_seconds: 30,
        jwt_cache_config: { jwt_cache_size: 1000 },
        claim_to_headers: [{ header_name: "x-herald-tenant", claim_name: "tid" }],
        remote_jwks: {
          http_uri: { uri: `http://${SELF_CLUSTER}${KEYS_PATH}`, cluster: SELF_CLUSTER, timeout: "3s" },
          cache_duration: JWKS_CACHE,
          async_fetch: { fast_listener: true, failed_refetch_duration: "1s" },
        },
      },
    },
    rules: [
      ...publicPaths().map((path) => ({ match: { path } })),
      // Which methods a path has is no secret.
      { match: { prefix: "/v1/", headers: [{ name: ":method", string_match: { exact: "OPTIONS" } }] } },
      { match: { prefix: "/v1/" }, requires: verified },
      { match: { prefix: "/herald." }, requires: verified },
    ],
  });
};

/** Paths of RPCs that need no token, over REST and over gRPC. */
const publicPaths = () =>
  Object.entries(methods).flatMap(([rpc, { requires, http }]) =>
    requires === "public" ? [rpc, ...(http ? [http.path] : [])] : [],
  );

const compressor = typed("envoy.extensions.filters.http.compressor.v3.Compressor", {
  response_direction_config: {
    common_config: {
      min_content_length: 860,
      content_type: ["application/json", "text/html", "text/css", "text/javascript", "text/csv", "image/svg+xml"],
    },
  },
  compressor_library: {
    name: "gzip",
    typed_config: typed("envoy.extensions.compression.gzip.compressor.v3.Gzip", { compression_level: "BEST_SPEED" }),
  },
});

/** Serves the built UI. Paths that leave the folder are refused by Envoy. */
const files = ({ uiDir }: GatewayOptions) =>
  typed("envoy.extensions.filters.http.file_server.v3.FileServerConfig", {
    manager_config: { thread_pool: { thread_count: 1 } },
    path_mappings: [
      { request_path_prefix: "/ui/assets", file_path_prefix: `${uiDir}/assets` },
      { request_path_prefix: "/ui/static", file_path_prefix: `${uiDir}/static` },
    ],
    content_types: {
      js: "text/javascript",
      css: "text/css",
      svg: "image/svg+xml",
      png: "image/png",
      woff2: "font/woff2",
      ico: "image/x-icon",
      map: "application/json",
    },
    default_content_type: "application/octet-stream",
  });

/** Transcodes JSON to gRPC and back, so that services see only gRPC. */
const transcoder = ({ descriptorFile }: GatewayOptions, more: object = {}) =>
  typed("envoy.extensions.filters.http.grpc_json_transcoder.v3.GrpcJsonTranscoder", {
    proto_descriptor: descriptorFile,
    services: [...new Set(Object.keys(methods).map((rpc) => rpc.split("/")[1]))],
    convert_grpc_status: true,
    max_request_body_size: LARGEST_JSON,
    max_response_body_size: 4 << 20,
    request_validation_options: {
      reject_unknown_method: false,
      reject_unknown_query_parameters: true,
      reject_binding_body_field_collisions: true,
    },
    print_options: { always_print_primitive_fields: true, stream_newline_delimited: true },
    ...more,
  });

/** Mail programs add parameters to the links that people follow; they mean nothing to us and break no link. */
export const withAnyParameter = (options: GatewayOptions) => ({
  [TRANSCODER]: transcoder(options, { request_validation_options: {}, ignore_unknown_query_parameters: true }),
});

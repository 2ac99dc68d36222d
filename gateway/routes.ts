/** Which request goes where: one route for each RPC, made from the contract, with its timeout and retries. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { methods, type MethodRule } from "../gen/methods.ts";
import type { GatewayOptions } from "./options.ts";
import { cachedForGood, neverCached } from "./answer-headers.ts";
import { LARGEST_MESSAGE, LARGEST_OF_STRANGERS, limitedTo } from "./body-limits.ts";
import { CORS } from "./filters.ts";
import { CLIENT, countedBy, endless, UPLOAD_SILENCE, wholeWithin } from "./limits.ts";
import { isPage, withPageStatus } from "./pages.ts";
import { restRoutes } from "./rest-routes.ts";
import { typed } from "./typed.ts";

/** How long a plain call may take, even if its caller would wait longer. Streams may go on as long as either side sends something. */
const UNARY_TIMEOUT = "30s";

export const virtualHost = (options: GatewayOptions) => ({
  name: "edge",
  domains: ["*"],
  // Tells services who called; what callers say about themselves is replaced.
  request_headers_to_add: [header("x-herald-client", CLIENT)],
  typed_per_filter_config: { [CORS]: cors(options.corsOrigins), ...neverCached },
  rate_limits: countedBy,
  routes: [
    ...Object.entries(methods).map(([rpc, rule]) =>
      rule.requires?.startsWith("mesh.") ? hiddenRoute(rpc) : rpcRoute(rpc, rule),
    ),
    ...["v1", "v1alpha"].map(reflectionRoute),
    ...["/", "/ui"].map(pagesRoute),
    // Files are served before routing; these routes are for files that do not exist.
    { match: { prefix: "/ui/assets/" }, direct_response: { status: 404 }, typed_per_filter_config: cachedForGood },
    ...uiRoutes(options.uiDir),
    fileRoute({ path: "/openapi.json" }, options.openApiFile, [header("content-type", "application/json")]),
    ...restRoutes(options),
    { match: { prefix: "/" }, direct_response: { status: 404 } },
  ],
});

/** The route of one RPC, for gRPC and REST: transcoding turns REST into gRPC and routes the call again. */
const rpcRoute = (rpc: string, rule: MethodRule) => {
  const streams = rule.requestStream || rule.responseStream;
  const limit = limitedTo(rule.requires === "public" ? LARGEST_OF_STRANGERS : LARGEST_MESSAGE);
  return {
    match: { path: rpc },
    route: {
      cluster: serviceOf(rpc),
      timeout: streams ? "0s" : UNARY_TIMEOUT,
      ...(streams ? endless : { ...wholeWithin, priority: "HIGH" }),
      ...(rule.requestStream && rule.http && { idle_timeout: UPLOAD_SILENCE }),
      ...(rule.idempotency !== "unknown" && !streams && { retry_policy: retries }),
    },
    // A request with one message waits here until it is complete, so that half a request takes nothing from a service.
    ...(!rule.requestStream && {
      metadata: limit.metadata,
      typed_per_filter_config: { ...limit.filter, ...(isPage(rule.http) && withPageStatus) },
    }),
  };
};

/** Without the requested host, which a caller may have invented. */
const pagesRoute = (path: string) => ({
  match: { path },
  direct_response: { status: 302 },
  response_headers_to_add: [header("location", "/ui/")],
});

/** Only repeatable calls are retried, and only if the service is away or never got the call. */
const retries = {
  retry_on: "unavailable,connect-failure,refused-stream,reset-before-request",
  num_retries: 2,
  retry_back_off: { base_interval: "0.05s", max_interval: "0.5s" },
  retry_host_predicate: [
    {
      name: "other-instance",
      typed_config: typed("envoy.extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate"),
    },
  ],
  host_selection_retry_max_attempts: 2,
};

/** RPCs between services cannot be called at the edge. */
const hiddenRoute = (rpc: string) => ({
  match: { path: rpc },
  direct_response: { status: 404, body: { inline_string: "There is no such RPC at the edge." } },
});

/** `identity` answers reflection for the whole contract, since every caller needs it anyway. */
const reflectionRoute = (version: string) => ({
  match: { prefix: `/grpc.reflection.${version}.ServerReflection/` },
  route: { cluster: "identity", timeout: "0s" },
  request_headers_to_add: [header("x-herald-edge", "1")],
});

/** Every page of the UI is the same document, and the browser finds the way from there. A platform without a UI has no such pages. */
const uiRoutes = (uiDir: string) => {
  const page = join(uiDir, "index.html");
  return existsSync(page) ? [fileRoute({ prefix: "/ui/" }, page, pageHeaders)] : [];
};

const fileRoute = (match: object, filename: string, headers: object[]) => ({
  match,
  direct_response: { status: 200, body: { filename } },
  response_headers_to_add: [
    ...headers,
    header("cache-control", "no-cache"),
    header("x-content-type-options", "nosniff"),
  ],
});

const header = (key: string, value: string) => ({
  header: { key, value },
  append_action: "OVERWRITE_IF_EXISTS_OR_ADD",
});

const pageHeaders = [
  header("content-type", "text/html; charset=utf-8"),
  header("referrer-policy", "same-origin"),
  header(
    "content-security-policy",
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'self'; frame-ancestors 'none'",
  ),
];

const cors = (origins: readonly string[]) =>
  typed("envoy.extensions.filters.http.cors.v3.CorsPolicy", {
    allow_origin_string_match: origins.map((exact) => ({ exact })),
    allow_methods: "GET, POST, PUT, PATCH, DELETE",
    allow_headers: "authorization, content-type, x-request-id, x-grpc-web, x-user-agent, grpc-timeout",
    expose_headers:
      "x-request-id, x-herald-job-id, grpc-status, grpc-message, grpc-status-details-bin, retry-after, content-disposition",
    max_age: "86400",
  });

/** `/herald.lists.v1.RecordService/GetRecord` → `lists`. */
const serviceOf = (rpc: string): string => {
  const service = rpc.split(".")[1];
  if (!service) throw new Error(`${rpc} is not an RPC of ours.`);
  return service;
};

/** REST routes, made from the contract: for each path the routes of its calls, and after them one that refuses all other methods. */
import { type HttpRule, type MethodRule, methods } from "../gen/methods.ts";
import { KEYS_PATH } from "./clusters.ts";
import { LARGEST_JSON, LARGEST_OF_STRANGERS, limitedTo } from "./body-limits.ts";
import { BODY_CHECK, withAnyParameter } from "./filters.ts";
import { countedAsKeys, endless, UPLOAD_SILENCE, wholeWithin } from "./limits.ts";
import type { GatewayOptions } from "./options.ts";
import { headOf, isPage, PAGES, withPageStatus } from "./pages.ts";
import { typed } from "./typed.ts";

/** How the body of a call is handled: JSON (also without a token) is buffered and checked, bytes and the forms of pages are buffered, streams are neither. */
type BodyKind = "json" | "strangers-json" | "bytes" | "page" | "stream" | "none";

/** What one path takes: each method with the kind of its body. */
type Path = Map<HttpRule["verb"], BodyKind>;

/** Routes for every path of the contract, and for what else is asked for under /v1/. */
export const restRoutes = (options: GatewayOptions) => [
  toTranscoder({ path: KEYS_PATH, headers: [method("GET")] }, "none", { route: { rate_limits: countedAsKeys } }),
  headOf({ prefix: PAGES }),
  ...readPaths().flatMap(([regex, path]) => routesOf(regex, path, options)),
  toTranscoder({ prefix: "/v1/" }, "none"),
];

/** The paths of the contract as patterns. Those that end in a verb (`:pause`) come first, since other patterns would match them too. */
function readPaths(): [regex: string, path: Path][] {
  const paths = new Map<string, Path>();
  for (const method of Object.values(methods)) {
    for (const rule of method.http ? [method.http, ...method.http.additional] : []) {
      const regex = rule.path.replaceAll(".", "\\.").replaceAll(/\{[^{}]+\}/g, "[^/]+");
      const path = paths.get(regex) ?? new Map<HttpRule["verb"], BodyKind>();
      paths.set(regex, path.set(rule.verb, bodyKind(method, rule)));
    }
  }
  return [...paths].sort(([a], [b]) => Number(b.includes(":")) - Number(a.includes(":")));
}

function bodyKind({ requestStream, requires }: MethodRule, rule: HttpRule): BodyKind {
  const { verb, body } = rule;
  if (isPage(rule)) return "page";
  if (requestStream) return "stream";
  if (body !== null && body !== "*") return "bytes";
  if (verb === "GET") return "none";
  return requires === "public" ? "strangers-json" : "json";
}

function routesOf(regex: string, path: Path, options: GatewayOptions) {
  const match = { safe_regex: { regex } };
  const verbs = [...path.keys()].sort();
  const allowed = [{ header: { key: "allow", value: [...verbs, "OPTIONS"].join(", ") } }];
  const asked = { name: "access-control-request-method", present_match: true };
  return [
    ...[...path].map(([verb, kind]) => {
      const filters = kind === "page" ? { ...withPageStatus, ...withAnyParameter(options) } : {};
      return toTranscoder({ ...match, headers: [method(verb)] }, kind, { filters });
    }),
    toTranscoder({ ...match, headers: [method("OPTIONS"), asked] }, "none"),
    {
      match: { ...match, headers: [method("OPTIONS")] },
      direct_response: { status: 204 },
      response_headers_to_add: allowed,
    },
    {
      match,
      direct_response: { status: 405, body: { inline_string: `This path takes ${verbs.join(", ")}.` } },
      response_headers_to_add: allowed,
    },
  ];
}

const method = (exact: string) => ({ name: ":method", string_match: { exact } });

/**
 * Calls that the transcoder knows go on to the route of their RPC. Everything else ends here with a route to no cluster: with a direct
 * response, the CORS filter could not answer the preflight requests of browsers.
 */
const toTranscoder = (match: object, kind: BodyKind, more: { route?: object; filters?: object } = {}) => {
  const most = kind === "strangers-json" || kind === "page" ? LARGEST_OF_STRANGERS : LARGEST_JSON;
  const limit = limitedTo(most);
  return {
    match,
    route: { cluster: "nowhere", cluster_not_found_response_code: "NOT_FOUND", ...within(kind), ...more.route },
    ...(kind !== "stream" && { metadata: limit.metadata }),
    typed_per_filter_config: {
      ...(kind !== "stream" && limit.filter),
      ...((kind === "json" || kind === "strangers-json") && { [BODY_CHECK]: bodyCheck(most) }),
      ...more.filters,
    },
  };
};

/** A file may take as long as it keeps coming. Everything else must arrive in time. */
const within = (kind: BodyKind) => (kind === "stream" ? { ...endless, idle_timeout: UPLOAD_SILENCE } : wholeWithin);

const bodyCheck = (max_request_bytes: number) =>
  typed("envoy.extensions.filters.http.ext_authz.v3.ExtAuthzPerRoute", {
    check_settings: { with_request_body: { max_request_bytes, allow_partial_message: false } },
  });

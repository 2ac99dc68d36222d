/** Decides about one request: the edge lets it pass, or answers with this error. */
import { checkBody, type Violation } from "./check-body.ts";
import { type CallRules, collectionOf } from "./shapes.ts";

/** A request as Envoy passes it on. */
export interface EdgeRequest {
  verb: string;
  /** With its query. */
  path: string;
  contentType: string | undefined;
  requestId: string;
  body: Uint8Array;
}

/** An answer in the shape of every error of the platform. */
export interface EdgeRefusal {
  http: 400 | 415 | 429;
  body: string;
}

/** Types that count as JSON. The defaults of curl and fetch, and no type at all, are among them. */
const READ_AS_JSON = /^(?:application\/(?:[\w.-]+\+)?json|text\/(?:json|plain)|application\/x-www-form-urlencoded)$/;

/** Decides one request; null lets it pass. */
export function answerTo(request: EdgeRequest, rules: CallRules): EdgeRefusal | null {
  const [path = ""] = request.path.split("?");
  for (const { path: pattern, body } of rules.get(collectionOf(request.verb, path)) ?? []) {
    const match = pattern.exec(path);
    if (!match) continue;
    if (body === null) return request.body.length === 0 ? null : refusal(400, request, [noBody]);
    if (request.body.length === 0) return null;
    const wrongType = typeFault(request.contentType);
    if (wrongType) return refusal(415, request, [{ field: "", description: wrongType }]);
    const violations = checkBody(request.body, body, match.slice(1).map(decoded));
    return violations.length === 0 ? null : refusal(400, request, violations);
  }
  return null; // the transcoder does not know it either, and answers with an error
}

const noBody: Violation = {
  field: "",
  description: "This call takes no body; what it needs stands in the path and in the query.",
};

/** The answer for a caller with so many waiting bodies that there is no room for more. */
export const tooMuchWaits = (requestId: string): EdgeRefusal => ({
  http: 429,
  body: JSON.stringify({
    code: 8,
    message:
      "Too many bodies of this tenant, or of this address without a token, wait to be read; try again in a second, with fewer at once.",
    details: [errorInfo("ERROR_REASON_RATE_LIMITED", requestId)],
  }),
});

function typeFault(contentType: string | undefined): string | undefined {
  const [type = "", ...parameters] = (contentType ?? "application/json")
    .toLowerCase()
    .split(";")
    .map((part) => part.trim());
  if (!READ_AS_JSON.test(type)) return `The body is ${type || "of no type"}; send application/json.`;
  const charset = parameters.find((each) => each.startsWith("charset="))?.slice("charset=".length);
  return charset === undefined || /^"?utf-?8"?$/.test(charset) ? undefined : `The body is in ${charset}; send UTF-8.`;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function refusal(http: EdgeRefusal["http"], { requestId }: EdgeRequest, violations: readonly Violation[]): EdgeRefusal {
  const told = violations.map(({ field, description }) => (field === "" ? description : `${field}: ${description}`));
  const fieldViolations = violations.filter(({ field }) => field !== "");
  const details = [
    ...(fieldViolations.length > 0 ? [{ "@type": "type.googleapis.com/google.rpc.BadRequest", fieldViolations }] : []),
    errorInfo("ERROR_REASON_FIELDS_INVALID", requestId),
  ];
  return { http, body: JSON.stringify({ code: 3, message: told.join(" "), details }) };
}

const errorInfo = (reason: string, requestId: string) => ({
  "@type": "type.googleapis.com/google.rpc.ErrorInfo",
  reason,
  domain: "herald",
  metadata: { requestId },
});

import type { ApiError, ErrorDetail } from "./contract.ts";

/** One field of a request that is wrong, with what would be right. */
export interface FieldFault {
  field: string;
  description: string;
}

/** A failed call, in the form that all of Herald's errors have. `status` is 0 if there was no response. */
export class ApiFailure extends Error {
  readonly status: number;
  readonly reason: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly fields: readonly FieldFault[];
  readonly retryAfterMs: number | undefined;
  readonly requestId: string;

  constructor(status: number, body: ApiError, requestId: string, cause?: unknown) {
    super(body.message, { cause });
    this.name = "ApiFailure";
    const info = detail(body, "google.rpc.ErrorInfo");
    this.status = status;
    this.reason = info?.reason ?? "";
    this.metadata = info?.metadata ?? {};
    this.fields = detail(body, "google.rpc.BadRequest")?.fieldViolations ?? [];
    this.retryAfterMs = milliseconds(detail(body, "google.rpc.RetryInfo")?.retryDelay);
    this.requestId = requestId || this.metadata.requestId || "";
  }

  /** True if the same call may work in a moment. */
  get isPassing(): boolean {
    return (
      this.status === 0 || this.status === 429 || this.status === 502 || this.status === 503 || this.status === 504
    );
  }

  /** True if the same call cannot work until the request or the person's permissions change. */
  get isLasting(): boolean {
    return lasting.has(this.status);
  }
}

const lasting: ReadonlySet<number> = new Set([400, 403, 404, 405, 413, 415]);

/** Reads the failure from a response. If the body is not one of our errors (but the page of a proxy), only the status is known. */
export function failureOf(response: Response, body: unknown): ApiFailure {
  const told = isApiError(body) ? body : { code: 2, message: statusMessage(response), details: [] };
  return new ApiFailure(response.status, told, response.headers.get("x-request-id") ?? "");
}

/** Turns anything that was thrown into a failure that can be shown. */
export function asFailure(error: unknown): ApiFailure {
  if (error instanceof ApiFailure) return error;
  if (error instanceof TypeError) return unreachable(error);
  const message = error instanceof Error ? error.message : "Something went wrong on this page.";
  return new ApiFailure(0, { code: 2, message, details: [] }, "", error);
}

/** There was no response: the network or the server is unavailable. */
export const unreachable = (cause?: unknown): ApiFailure =>
  new ApiFailure(
    0,
    { code: 14, message: "Herald does not answer. Check the connection, then try again.", details: [] },
    "",
    cause,
  );

/** Gives the data of an openapi-fetch response, or throws its failure. */
export async function answerOf<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await call;
  if (!response.ok) throw failureOf(response, error);
  return data as T;
}

/** Whether a parsed body is one of our errors. */
export function isApiError(body: unknown): body is ApiError {
  return typeof body === "object" && body !== null && "message" in body && typeof body.message === "string";
}

type DetailOf<Name extends string> = Extract<ErrorDetail, { "@type": `type.googleapis.com/${Name}` }>;

function detail<Name extends "google.rpc.ErrorInfo" | "google.rpc.BadRequest" | "google.rpc.RetryInfo">(
  body: ApiError,
  name: Name,
): DetailOf<Name> | undefined {
  const details: readonly ErrorDetail[] = body.details ?? [];
  return details.find((one): one is DetailOf<Name> => one["@type"] === `type.googleapis.com/${name}`);
}

const milliseconds = (delay: string | undefined): number | undefined =>
  delay === undefined ? undefined : Math.round(Number.parseFloat(delay) * 1_000);

const statusMessage = (response: Response): string =>
  `The server answered ${[response.status, response.statusText].filter(Boolean).join(" ")}.`;

/** Errors as callers see them: a canonical code, a reason for programs, bad fields for forms, a time to try again. */
import { status } from "@grpc/grpc-js";

export { status } from "@grpc/grpc-js";

/** One wrong field of a request, with what would be right. */
export interface FieldViolation {
  field: string;
  description: string;
}

export interface ErrorOptions {
  reason: string;
  metadata?: Record<string, string>;
  fields?: readonly FieldViolation[];
  retryAfterMs?: number;
  /** The service whose `error_reason.proto` has the reason; `herald` for those that all share. */
  domain?: string;
  cause?: unknown;
}

/** An error meant for the caller. Anything else that leaves a handler is a fault of ours and leaves as a bare INTERNAL. */
export class RpcError extends Error {
  readonly code: status;
  readonly reason: string;
  readonly metadata: Record<string, string>;
  readonly fields: readonly FieldViolation[];
  readonly retryAfterMs: number | undefined;
  readonly domain: string;

  constructor(code: status, message: string, options: ErrorOptions) {
    super(message, { cause: options.cause });
    this.name = "RpcError";
    this.code = code;
    this.reason = options.reason;
    this.metadata = options.metadata ?? {};
    this.fields = options.fields ?? [];
    this.retryAfterMs = options.retryAfterMs;
    this.domain = options.domain ?? "herald";
  }
}

type ErrorFactory<Reasons> = (
  code: status,
  message: string,
  options: Omit<ErrorOptions, "reason" | "domain"> & { reason: keyof Reasons & string },
) => RpcError;

/**
 * Makes the errors of one service: `const listsError = serviceErrors("lists", ErrorReason)`. The reasons are those of
 * its `error_reason.proto`, checked by the compiler.
 */
export function serviceErrors<Reasons extends object>(domain: string, _reasons: Reasons): ErrorFactory<Reasons> {
  return (code, message, options) => new RpcError(code, message, { ...options, domain });
}

/** INVALID_ARGUMENT that names each wrong field and what would be right. */
export function invalidFields(fields: readonly FieldViolation[], untold = 0): RpcError {
  const [first] = fields;
  const message =
    fields.length === 1 && first
      ? `${first.field}: ${first.description}`
      : `${fields.length + untold} fields are wrong: ${fields.map((bad) => bad.field).join(", ")}${untold > 0 ? `, and ${untold} more` : ""}.`;
  return new RpcError(status.INVALID_ARGUMENT, message, { reason: "ERROR_REASON_FIELDS_INVALID", fields });
}

/** INVALID_ARGUMENT for one field. */
export const invalidField = (field: string, description: string): RpcError => invalidFields([{ field, description }]);

/** RESOURCE_EXHAUSTED: as much as may wait of one tenant or caller waits already; `what` is the word for people, such as `previews`. */
export const tooManyWaiting = (what: string, most: number): RpcError =>
  new RpcError(status.RESOURCE_EXHAUSTED, `${most} ${what} of this tenant wait already. Try again in a few seconds.`, {
    reason: "ERROR_REASON_RATE_LIMITED",
    metadata: { most: String(most) },
    retryAfterMs: WAITING_RETRY_MS,
  });

const WAITING_RETRY_MS = 3_000;

/** UNAUTHENTICATED: we do not know the caller. */
export const notAuthenticated = (why: string, cause?: unknown): RpcError =>
  new RpcError(status.UNAUTHENTICATED, why, { reason: "ERROR_REASON_NOT_AUTHENTICATED", cause });

/** UNAUTHENTICATED: the token was valid until its user, key, session or tenant changed. */
export const tokenRevoked = (): RpcError =>
  notAuthenticated(
    "The token is no longer valid: its session has ended or its rights have changed. Refresh it or sign in again.",
  );

/** PERMISSION_DENIED: we know the caller, but it lacks this permission. */
export const permissionMissing = (permission: string): RpcError =>
  new RpcError(status.PERMISSION_DENIED, `This call needs the permission ${permission}.`, {
    reason: "ERROR_REASON_PERMISSION_MISSING",
    metadata: { permission },
  });

/** UNAVAILABLE: something this service needs is away; the same call will work once it is back. */
export const dependencyUnavailable = (dependency: string, cause?: unknown): RpcError =>
  new RpcError(status.UNAVAILABLE, `${dependency} is not available right now. Try again shortly.`, {
    reason: "ERROR_REASON_DEPENDENCY_UNAVAILABLE",
    metadata: { dependency },
    retryAfterMs: 1_000,
    cause,
  });

/** INTERNAL, with nothing but the request id, by which the log has more. */
export const internalFault = (requestId: string): RpcError =>
  new RpcError(status.INTERNAL, `Something went wrong on our side. The request id is ${requestId}.`, {
    reason: "ERROR_REASON_INTERNAL",
    metadata: { requestId },
  });

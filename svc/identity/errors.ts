/** Every refusal of `identity`, one function for each reason in error_reason.proto. */
import { ErrorReason } from "../../gen/herald/identity/v1/error_reason.ts";
import { type RpcError, serviceErrors, status } from "../lib/errors/errors.ts";

const identityError = serviceErrors("identity", ErrorReason);

export const tenantNotFound = (tenantId: string): RpcError =>
  identityError(status.NOT_FOUND, `The platform has no tenant ${tenantId}.`, {
    reason: "ERROR_REASON_TENANT_NOT_FOUND",
    metadata: { tenantId },
  });

export const tenantSlugTaken = (slug: string): RpcError =>
  identityError(status.ALREADY_EXISTS, `Another tenant has the slug ${slug}.`, {
    reason: "ERROR_REASON_TENANT_SLUG_TAKEN",
    metadata: { slug },
  });

export const tenantChanged = (): RpcError =>
  identityError(
    status.ABORTED,
    "Somebody changed the tenant's settings since you read them. Read them again and retry.",
    {
      reason: "ERROR_REASON_TENANT_CHANGED",
    },
  );

/** Always the same words, so that nobody learns from them which accounts exist. */
export const credentialsInvalid = (): RpcError =>
  identityError(status.UNAUTHENTICATED, "These credentials are not valid.", {
    reason: "ERROR_REASON_CREDENTIALS_INVALID",
  });

export const refreshTokenInvalid = (): RpcError =>
  identityError(status.UNAUTHENTICATED, "This refresh token is not valid, or no longer. Sign in again.", {
    reason: "ERROR_REASON_REFRESH_TOKEN_INVALID",
  });

const inWords = (ms: number): string => {
  const seconds = Math.ceil(ms / 1_000);
  if (seconds === 1) return "a second";
  return seconds < 120 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
};

export const tooManyAttempts = (retryAfterMs: number): RpcError =>
  identityError(
    status.RESOURCE_EXHAUSTED,
    `Too many wrong passwords. Wait ${inWords(retryAfterMs)} and try again; from a device that you signed in from before you can try at once.`,
    {
      reason: "ERROR_REASON_TOO_MANY_ATTEMPTS",
      retryAfterMs,
    },
  );

export const userNotFound = (userId: string): RpcError =>
  identityError(status.NOT_FOUND, `This tenant has no user ${userId}.`, {
    reason: "ERROR_REASON_USER_NOT_FOUND",
    metadata: { userId },
  });

export const userEmailTaken = (): RpcError =>
  identityError(status.ALREADY_EXISTS, "Another user of this tenant has this email.", {
    reason: "ERROR_REASON_USER_EMAIL_TAKEN",
  });

export const userChanged = (userId: string): RpcError =>
  identityError(status.ABORTED, `Somebody changed user ${userId} since you read it. Read it again and retry.`, {
    reason: "ERROR_REASON_USER_CHANGED",
    metadata: { userId },
  });

export const roleNotFound = (roleId: string): RpcError =>
  identityError(status.NOT_FOUND, `This tenant has no role ${roleId}.`, {
    reason: "ERROR_REASON_ROLE_NOT_FOUND",
    metadata: { roleId },
  });

export const roleNameTaken = (name: string): RpcError =>
  identityError(status.ALREADY_EXISTS, `Another role of this tenant is named ${JSON.stringify(name)}.`, {
    reason: "ERROR_REASON_ROLE_NAME_TAKEN",
    metadata: { name },
  });

export const roleChanged = (roleId: string): RpcError =>
  identityError(status.ABORTED, `Somebody changed role ${roleId} since you read it. Read it again and retry.`, {
    reason: "ERROR_REASON_ROLE_CHANGED",
    metadata: { roleId },
  });

export const roleInUse = (roleId: string): RpcError =>
  identityError(
    status.FAILED_PRECONDITION,
    `Users or API keys still hold role ${roleId}. Give them another role first.`,
    {
      reason: "ERROR_REASON_ROLE_IN_USE",
      metadata: { roleId },
    },
  );

export const roleBuiltIn = (roleId: string): RpcError =>
  identityError(
    status.FAILED_PRECONDITION,
    `Role ${roleId} is built in: it cannot be changed or removed. Make a role of your own.`,
    {
      reason: "ERROR_REASON_ROLE_BUILT_IN",
      metadata: { roleId },
    },
  );

export const apiKeyNotFound = (apiKeyId: string): RpcError =>
  identityError(status.NOT_FOUND, `This tenant has no API key ${apiKeyId}.`, {
    reason: "ERROR_REASON_API_KEY_NOT_FOUND",
    metadata: { apiKeyId },
  });

export const lastAdministrator = (): RpcError =>
  identityError(
    status.FAILED_PRECONDITION,
    "The tenant would be left without an administrator. Give another user the administrator role first.",
    { reason: "ERROR_REASON_LAST_ADMINISTRATOR" },
  );

/** Every refusal of `dial`, one function for each reason in error_reason.proto. */
import { ErrorReason } from "../../gen/herald/dial/v1/error_reason.ts";
import { invalidField, type RpcError, serviceErrors, status } from "../lib/errors/errors.ts";
import type { ReachedLimit } from "./test-messages/limits.ts";

const dialError = serviceErrors("dial", ErrorReason);

export const attemptNotFound = (attemptId: string): RpcError =>
  dialError(status.NOT_FOUND, `This tenant has no attempt ${attemptId}.`, {
    reason: "ERROR_REASON_ATTEMPT_NOT_FOUND",
    metadata: { attemptId },
  });

export const attemptNotStale = (attemptId: string): RpcError =>
  dialError(
    status.FAILED_PRECONDITION,
    `The fate of attempt ${attemptId} is known; only a stale one can be resolved.`,
    {
      reason: "ERROR_REASON_ATTEMPT_NOT_STALE",
      metadata: { attemptId },
    },
  );

export const sessionNotFound = (campaignGroupId: string): RpcError =>
  dialError(status.NOT_FOUND, `Campaign group ${campaignGroupId} has no open session.`, {
    reason: "ERROR_REASON_SESSION_NOT_FOUND",
    metadata: { campaignGroupId },
  });

export const sessionOpenedAgain = (campaignGroupId: string): RpcError =>
  dialError(status.ABORTED, `The session of campaign group ${campaignGroupId} was opened again while it was closing.`, {
    reason: "ERROR_REASON_SESSION_OPENED_AGAIN",
    metadata: { campaignGroupId },
  });

export const providerMissing = (channel: string, setting: string): RpcError =>
  dialError(status.FAILED_PRECONDITION, `Nothing is set up for ${channel}: set ${setting} and start \`dial\` again.`, {
    reason: "ERROR_REASON_PROVIDER_MISSING",
    metadata: { channel, setting },
  });

export const providerNotFound = (providerId: string): RpcError =>
  dialError(status.NOT_FOUND, `This tenant has no provider ${providerId}.`, {
    reason: "ERROR_REASON_PROVIDER_NOT_FOUND",
    metadata: { providerId },
  });

export const providerNameTaken = (name: string): RpcError =>
  dialError(status.ALREADY_EXISTS, `Another provider of this tenant is named "${name}".`, {
    reason: "ERROR_REASON_PROVIDER_NAME_TAKEN",
    metadata: { name },
  });

export const providerChanged = (providerId: string): RpcError =>
  dialError(status.ABORTED, "The provider has changed since it was read. Read it again and repeat the change.", {
    reason: "ERROR_REASON_PROVIDER_CHANGED",
    metadata: { providerId },
  });

export const providerLimitReached = (most: number): RpcError =>
  dialError(status.FAILED_PRECONDITION, `A tenant has at most ${most} providers. Delete one that you do not use.`, {
    reason: "ERROR_REASON_PROVIDER_LIMIT_REACHED",
    metadata: { most: String(most) },
  });

export const providerTestLimitReached = (most: number, retryAfterMs: number): RpcError =>
  dialError(
    status.RESOURCE_EXHAUSTED,
    `Providers of a tenant may be tested, or led to another host name, ${most} times within a minute.`,
    {
      reason: "ERROR_REASON_PROVIDER_TEST_LIMIT_REACHED",
      metadata: { most: String(most) },
      retryAfterMs,
    },
  );

export const providerUnusable = (problem: string): RpcError =>
  dialError(status.FAILED_PRECONDITION, problem, { reason: "ERROR_REASON_PROVIDER_UNUSABLE" });

export const providerInUse = (groups: readonly string[]): RpcError =>
  dialError(
    status.FAILED_PRECONDITION,
    `Running campaigns use this provider: ${groups.map((name) => `“${name}”`).join(", ")}. Pause or stop them, or give them another provider.`,
    { reason: "ERROR_REASON_PROVIDER_IN_USE", metadata: { campaign_groups: groups.join(",") } },
  );

export const secretsKeyMissing = (): RpcError =>
  dialError(
    status.FAILED_PRECONDITION,
    "The platform has no key to encrypt passwords with, so none can be stored. Its operator has to set DIAL_SECRETS_KEY and start `dial` again.",
    { reason: "ERROR_REASON_SECRETS_KEY_MISSING" },
  );

export const linksMissing = (): RpcError =>
  dialError(
    status.FAILED_PRECONDITION,
    "The content uses unsubscribe_url, and nobody has set HERALD_PUBLIC_URL, so that links would lead nowhere. Set it and start `dial` again.",
    { reason: "ERROR_REASON_LINKS_MISSING", metadata: { setting: "HERALD_PUBLIC_URL" } },
  );

export const senderTaken = (sender: string): RpcError =>
  dialError(
    status.FAILED_PRECONDITION,
    `Another tenant holds the sender ${sender}. Use a sender of your own, or ask its holder to release it.`,
    { reason: "ERROR_REASON_SENDER_TAKEN", metadata: { sender } },
  );

export const requestIdUsed = (requestId: string): RpcError =>
  invalidField(
    "request_id",
    `${requestId} was that of another test message: other group, address, record, values or content. Make a new id.`,
  );

export const senderLimitReached = (most: number): RpcError =>
  dialError(
    status.FAILED_PRECONDITION,
    `A tenant holds at most ${most} senders. Release one that you do not use, or ask the platform's administrator for more.`,
    { reason: "ERROR_REASON_SENDER_LIMIT_REACHED", metadata: { most: String(most) } },
  );

export const testLimitReached = ({ limit, most, retryAfterMs }: ReachedLimit): RpcError =>
  dialError(status.RESOURCE_EXHAUSTED, `${LIMIT_WORDS[limit]} may ask for at most ${most} test messages.`, {
    reason: "ERROR_REASON_TEST_LIMIT_REACHED",
    metadata: { limit, most: String(most) },
    retryAfterMs,
  });

const LIMIT_WORDS: Readonly<Record<ReachedLimit["limit"], string>> = {
  caller_minute: "Within a minute one user",
  caller_day: "Within 24 hours one user",
  tenant_minute: "Within a minute all users together",
  tenant_day: "Within 24 hours all users together",
};

export const heldMessageNotFound = (heldMessageId: string): RpcError =>
  dialError(status.NOT_FOUND, `No message ${heldMessageId} is held.`, {
    reason: "ERROR_REASON_HELD_MESSAGE_NOT_FOUND",
    metadata: { heldMessageId },
  });

export const undeliveredNotFound = (undeliveredId: string): RpcError =>
  dialError(
    status.NOT_FOUND,
    `This tenant has no undelivered message ${undeliveredId}; it may have been delivered meanwhile.`,
    { reason: "ERROR_REASON_UNDELIVERED_NOT_FOUND", metadata: { undeliveredId } },
  );

export const programNotFound = (programId: string): RpcError =>
  dialError(status.NOT_FOUND, `This tenant has no program ${programId}.`, {
    reason: "ERROR_REASON_PROGRAM_NOT_FOUND",
    metadata: { programId },
  });

/** A request names a program that is not there. */
export const programUnknown = (programId: string): RpcError =>
  dialError(status.FAILED_PRECONDITION, `This tenant has no program ${programId}. Name another, or none.`, {
    reason: "ERROR_REASON_PROGRAM_NOT_FOUND",
    metadata: { programId },
  });

export const programNameTaken = (name: string): RpcError =>
  dialError(status.ALREADY_EXISTS, `Another program is named "${name}".`, {
    reason: "ERROR_REASON_PROGRAM_NAME_TAKEN",
    metadata: { name },
  });

export const programChanged = (programId: string): RpcError =>
  dialError(status.ABORTED, `Program ${programId} has changed since it was read. Read it again.`, {
    reason: "ERROR_REASON_PROGRAM_CHANGED",
    metadata: { programId },
  });

export const programUsual = (): RpcError =>
  dialError(status.FAILED_PRECONDITION, "This is the usual program: campaign groups that name no other belong to it.", {
    reason: "ERROR_REASON_PROGRAM_USUAL",
  });

export const programLimitReached = (most: number): RpcError =>
  dialError(status.FAILED_PRECONDITION, `A tenant has at most ${most} programs. Delete one that you do not use.`, {
    reason: "ERROR_REASON_PROGRAM_LIMIT_REACHED",
    metadata: { most: String(most) },
  });

export const optOutNotFound = (optOutId: string): RpcError =>
  dialError(status.NOT_FOUND, `This tenant has no opt-out ${optOutId}.`, {
    reason: "ERROR_REASON_OPT_OUT_NOT_FOUND",
    metadata: { optOutId },
  });

export const optOutWithdrawn = (optOutId: string): RpcError =>
  dialError(status.FAILED_PRECONDITION, `Opt-out ${optOutId} was withdrawn. Record a new one if the person said no.`, {
    reason: "ERROR_REASON_OPT_OUT_WITHDRAWN",
    metadata: { optOutId },
  });

export const optOutPolicyChanged = (): RpcError =>
  dialError(status.ABORTED, "The opt-out policy has changed since it was read. Read it again.", {
    reason: "ERROR_REASON_OPT_OUT_POLICY_CHANGED",
  });

export const templateNotFound = (messageTemplateId: string): RpcError =>
  dialError(status.NOT_FOUND, `This tenant has no message template ${messageTemplateId}.`, {
    reason: "ERROR_REASON_MESSAGE_TEMPLATE_NOT_FOUND",
    metadata: { messageTemplateId },
  });

export const templateVersionNotFound = (messageTemplateId: string, version: number): RpcError =>
  dialError(status.NOT_FOUND, `Message template ${messageTemplateId} has no version ${version}.`, {
    reason: "ERROR_REASON_MESSAGE_TEMPLATE_VERSION_NOT_FOUND",
    metadata: { messageTemplateId, version: String(version) },
  });

export const templateNameTaken = (name: string): RpcError =>
  dialError(status.ALREADY_EXISTS, `Another message template of this tenant is named "${name}".`, {
    reason: "ERROR_REASON_MESSAGE_TEMPLATE_NAME_TAKEN",
    metadata: { name },
  });

export const templateChanged = (messageTemplateId: string): RpcError =>
  dialError(
    status.ABORTED,
    "The message template has changed since it was read. Read it again and repeat the change.",
    {
      reason: "ERROR_REASON_MESSAGE_TEMPLATE_CHANGED",
      metadata: { messageTemplateId },
    },
  );

export const templateInUse = (campaignGroups: readonly string[], hasMore: boolean): RpcError =>
  dialError(
    status.FAILED_PRECONDITION,
    `Campaigns use the message template: ${campaignGroups.join(", ")}${hasMore ? " and others" : ""}. Give them another content, or delete them.`,
    { reason: "ERROR_REASON_MESSAGE_TEMPLATE_IN_USE", metadata: { campaignGroups: campaignGroups.join(", ") } },
  );

export const templateLimitReached = (most: number): RpcError =>
  dialError(
    status.FAILED_PRECONDITION,
    `A tenant has at most ${most} message templates. Delete one that nothing uses.`,
    { reason: "ERROR_REASON_MESSAGE_TEMPLATE_LIMIT_REACHED", metadata: { most: String(most) } },
  );

export const emailDomainNotFound = (domain: string): RpcError =>
  dialError(status.NOT_FOUND, `This tenant has no email domain ${domain}.`, {
    reason: "ERROR_REASON_EMAIL_DOMAIN_NOT_FOUND",
    metadata: { domain },
  });

export const emailDomainLimitReached = (most: number): RpcError =>
  dialError(status.FAILED_PRECONDITION, `A tenant has at most ${most} email domains. Delete one that you do not use.`, {
    reason: "ERROR_REASON_EMAIL_DOMAIN_LIMIT_REACHED",
    metadata: { most: String(most) },
  });

export const recordNotFound = (contactListId: string, recordId: string): RpcError =>
  dialError(status.FAILED_PRECONDITION, `Contact list ${contactListId} has no record ${recordId}.`, {
    reason: "ERROR_REASON_RECORD_NOT_FOUND",
    metadata: { contactListId, recordId },
  });

export const keywordNotFound = (keywordId: string): RpcError =>
  dialError(status.NOT_FOUND, `This tenant has no keyword ${keywordId}.`, {
    reason: "ERROR_REASON_KEYWORD_NOT_FOUND",
    metadata: { keywordId },
  });

export const keywordTaken = (word: string, meaning: string): RpcError =>
  dialError(status.ALREADY_EXISTS, `"${word}" means ${meaning} already. Choose another word.`, {
    reason: "ERROR_REASON_KEYWORD_TAKEN",
    metadata: { word, meaning },
  });

export const keywordChanged = (keywordId: string): RpcError =>
  dialError(status.ABORTED, `Keyword ${keywordId} has changed since it was read. Read it again.`, {
    reason: "ERROR_REASON_KEYWORD_CHANGED",
    metadata: { keywordId },
  });

export const keywordLimitReached = (most: number): RpcError =>
  dialError(status.FAILED_PRECONDITION, `A tenant has at most ${most} keywords. Delete one that you do not use.`, {
    reason: "ERROR_REASON_KEYWORD_LIMIT_REACHED",
    metadata: { most: String(most) },
  });

/** One function for each reason in error_reason.proto. */
import type { CampaignGroupState } from "../../gen/herald/campaigns/v1/campaign_group.ts";
import type { PlaceholderProblem } from "../../gen/herald/campaigns/v1/content.ts";
import { ErrorReason } from "../../gen/herald/campaigns/v1/error_reason.ts";
import type { ErrorDetails } from "../lib/errors/error-details.ts";
import { dependencyUnavailable, type RpcError, serviceErrors, status } from "../lib/errors/errors.ts";
import { type GroupCommand, stateName } from "./groups/group-states.ts";

/** A message lists at most this many problems. */
const MOST_TOLD = 5;
const campaignsError = serviceErrors("campaigns", ErrorReason);

export const groupNotFound = (campaignGroupId: string): RpcError =>
  campaignsError(status.NOT_FOUND, `This tenant has no campaign group ${campaignGroupId}.`, {
    reason: "ERROR_REASON_CAMPAIGN_GROUP_NOT_FOUND",
    metadata: { campaignGroupId },
  });

export const groupNameTaken = (name: string): RpcError =>
  campaignsError(status.ALREADY_EXISTS, `Another campaign group of this tenant is named "${name}".`, {
    reason: "ERROR_REASON_CAMPAIGN_GROUP_NAME_TAKEN",
    metadata: { name },
  });

export const groupChanged = (campaignGroupId: string): RpcError =>
  campaignsError(
    status.ABORTED,
    "The campaign group has changed since it was read. Read it again and repeat the change.",
    {
      reason: "ERROR_REASON_CAMPAIGN_GROUP_CHANGED",
      metadata: { campaignGroupId },
    },
  );

/** The group is in a state in which the command is not possible. */
export function stateConflict(
  command: GroupCommand,
  state: CampaignGroupState,
  allowed: readonly CampaignGroupState[],
): RpcError {
  const names = allowed.map(stateName);
  const hint = command === "start" && stateName(state) === "PAUSED" ? " Resume it instead." : "";
  return campaignsError(
    status.FAILED_PRECONDITION,
    `The campaign group is ${stateName(state)}. The command ${command} is possible in state ${names.join(", ")}.${hint}`,
    { reason: "ERROR_REASON_STATE_CONFLICT", metadata: { state: stateName(state), allowed: names.join(",") } },
  );
}

/** The command says whom to contact after an earlier run, but the next run has already been loaded. */
export const modeTooLate = (command: GroupCommand, state: CampaignGroupState): RpcError =>
  campaignsError(
    status.FAILED_PRECONDITION,
    `The campaign group is ${stateName(state)}: its queue is already loaded, so a mode can no longer be chosen. Stop it first, or ${command} it without a mode.`,
    { reason: "ERROR_REASON_STATE_CONFLICT", metadata: { state: stateName(state), allowed: "NOT_LOADED,STOPPED" } },
  );

/** The queue still holds contacts of a previous run, and the command does not say what to do with them. */
export const modeRequired = (command: GroupCommand, due: number, attempted: number): RpcError =>
  campaignsError(
    status.FAILED_PRECONDITION,
    `An earlier run had ${due} people in its queue and made attempts to ${attempted} of them. Say whom this ${command} is for: ` +
      "LOAD_MODE_CONTINUE for those whom it did not finish, LOAD_MODE_ANEW for everybody, including those who were reached.",
    { reason: "ERROR_REASON_MODE_REQUIRED", metadata: { due: String(due), attempted: String(attempted) } },
  );

/** The content shows these names, for which some people have no value. */
export const templateNotPublished = (messageTemplateId: string): RpcError =>
  campaignsError(
    status.FAILED_PRECONDITION,
    `Message template ${messageTemplateId} was never published. Publish it, or choose another one.`,
    { reason: "ERROR_REASON_TEMPLATE_NOT_PUBLISHED", metadata: { messageTemplateId } },
  );

export function placeholderUnknown(problems: readonly PlaceholderProblem[]): RpcError {
  const told = problems.map(({ field, name, explanation }) => `{{ ${name} }} in ${field}: ${explanation}`);
  return campaignsError(status.FAILED_PRECONDITION, told.slice(0, MOST_TOLD).join(" "), {
    reason: "ERROR_REASON_PLACEHOLDER_UNKNOWN",
    metadata: {
      names: [...new Set(problems.map(({ name }) => name))].slice(0, MOST_TOLD).join(","),
      nearest: [...new Set(problems.map(({ nearest }) => nearest))].filter(Boolean).slice(0, MOST_TOLD).join(","),
    },
  });
}

/** Another tenant has claimed the sender; `field` is the field of the group that names it. */
export function senderTaken(sender: string, field: string): RpcError {
  const description = `Another tenant holds the sender ${sender}. Name one of your own, or leave it empty for the platform's default sender.`;
  return campaignsError(status.FAILED_PRECONDITION, `${field}: ${description}`, {
    reason: "ERROR_REASON_SENDER_TAKEN",
    metadata: { sender, field },
    fields: [{ field, description }],
  });
}

/** The group cannot be sent through the provider that it names; `problem` says why. */
export function providerUnusable(problem: string): RpcError {
  const field = "campaign_group.provider_id";
  return campaignsError(status.FAILED_PRECONDITION, `${field}: ${problem}`, {
    reason: "ERROR_REASON_PROVIDER_UNUSABLE",
    metadata: { field },
    fields: [{ field, description: problem }],
  });
}

/** The field cannot be changed in the group's state. */
export const fieldFixed = (
  field: string,
  state: CampaignGroupState,
  allowed: readonly CampaignGroupState[],
): RpcError =>
  campaignsError(
    status.FAILED_PRECONDITION,
    `The campaign group is ${stateName(state)}; its ${field} can be changed only in state ${allowed.map(stateName).join(", ")}.`,
    {
      reason: "ERROR_REASON_STATE_CONFLICT",
      metadata: { state: stateName(state), allowed: allowed.map(stateName).join(","), field },
    },
  );

export const chainNotFound = (campaignGroupId: string, recordId: string): RpcError =>
  campaignsError(status.NOT_FOUND, `The campaign group ${campaignGroupId} has no chain for the record ${recordId}.`, {
    reason: "ERROR_REASON_CHAIN_NOT_FOUND",
    metadata: { campaignGroupId, recordId },
  });

/** The kinds of things that a group can name. */
export type ReferenceKind = "contact list" | "suppression list" | "rule" | "record" | "program" | "message template";

export const referenceNotFound = (kind: ReferenceKind, field: string, id: string): RpcError =>
  campaignsError(
    status.FAILED_PRECONDITION,
    `The ${kind} ${id} does not exist. Remove it from ${field}, or name another one.`,
    {
      reason: "ERROR_REASON_REFERENCE_NOT_FOUND",
      metadata: { kind, field, id },
    },
  );

export const channelNotTestable = (): RpcError =>
  campaignsError(
    status.FAILED_PRECONDITION,
    "Test messages can be sent only by SMS and email; this campaign group makes calls.",
    {
      reason: "ERROR_REASON_CHANNEL_NOT_TESTABLE",
    },
  );

/** A limit of `dial` for test messages is reached. */
export const testLimitReached = ({ message, metadata, retryAfterMs }: ErrorDetails): RpcError =>
  campaignsError(status.RESOURCE_EXHAUSTED, message, {
    reason: "ERROR_REASON_TEST_LIMIT_REACHED",
    metadata,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });

/** The new state is stored, but the services that carry it out could not be reached yet. Safe to call again. */
export const notSynced = (service: string): RpcError => dependencyUnavailable(service);

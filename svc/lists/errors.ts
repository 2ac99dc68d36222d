/** Every refusal of `lists`, one function for each reason in error_reason.proto. */
import { ErrorReason } from "../../gen/herald/lists/v1/error_reason.ts";
import type { FileProblem } from "./reader/problem.ts";
import { type RpcError, serviceErrors, status } from "../lib/errors/errors.ts";

const listsError = serviceErrors("lists", ErrorReason);

export const listNotFound = (contactListId: string): RpcError =>
  listsError(status.NOT_FOUND, `This tenant has no contact list ${contactListId}.`, {
    reason: "ERROR_REASON_LIST_NOT_FOUND",
    metadata: { contactListId },
  });

export const listNameTaken = (name: string): RpcError =>
  listsError(status.ALREADY_EXISTS, `Another contact list of this tenant is named ${JSON.stringify(name)}.`, {
    reason: "ERROR_REASON_LIST_NAME_TAKEN",
    metadata: { name },
  });

export const listChanged = (contactListId: string): RpcError =>
  listsError(
    status.ABORTED,
    `Somebody changed contact list ${contactListId} since you read it. Read it again and retry.`,
    { reason: "ERROR_REASON_LIST_CHANGED", metadata: { contactListId } },
  );

export const recordNotFound = (contactListId: string, recordId: string): RpcError =>
  listsError(status.NOT_FOUND, `Contact list ${contactListId} has no record ${recordId}.`, {
    reason: "ERROR_REASON_RECORD_NOT_FOUND",
    metadata: { contactListId, recordId },
  });

export const importNotFound = (importId: string): RpcError =>
  listsError(status.NOT_FOUND, `This tenant has no import ${importId}.`, {
    reason: "ERROR_REASON_IMPORT_NOT_FOUND",
    metadata: { importId },
  });

export const importInProgress = (importId: string): RpcError =>
  listsError(
    status.FAILED_PRECONDITION,
    `Import ${importId} is reading a file into this list. Wait for its end, or cancel it.`,
    { reason: "ERROR_REASON_IMPORT_IN_PROGRESS", metadata: { importId } },
  );

export const fileUnreadable = (problem: FileProblem, message: string, line?: number): RpcError =>
  listsError(status.INVALID_ARGUMENT, message, {
    reason: "ERROR_REASON_FILE_UNREADABLE",
    metadata: { problem, ...(line !== undefined && { line: String(line) }) },
  });

/** None of the file's rows could be taken. To call that a success would hide that nothing was imported. */
export const noRowTaken = (rows: number, { line, detail }: { line: number; detail: string }): RpcError =>
  fileUnreadable(
    "no_row_taken",
    `None of the file's rows (${rows}) could be taken, and nothing was changed. The first, on line ${line}: ${detail}`,
    line,
  );

export const mappingInvalid = (message: string, header = ""): RpcError =>
  listsError(status.INVALID_ARGUMENT, message, {
    reason: "ERROR_REASON_MAPPING_INVALID",
    metadata: header === "" ? {} : { header },
    fields: [{ field: "mapping", description: message }],
  });

export const uploadIncomplete = (cause?: unknown): RpcError =>
  listsError(status.ABORTED, "The upload ended before the file did; nothing was imported. Send the whole file again.", {
    reason: "ERROR_REASON_UPLOAD_INCOMPLETE",
    cause,
  });

export const listInUse = (kind: "contact" | "suppression", group: { id: string; name: string }): RpcError =>
  listsError(
    status.FAILED_PRECONDITION,
    `Campaign ${JSON.stringify(group.name)} uses this ${kind} list. ${kind === "contact" ? "Stop the campaign" : "Stop the campaign, or take the list out of it,"} before you delete it.`,
    { reason: "ERROR_REASON_LIST_IN_USE", metadata: { campaignGroupId: group.id, campaignGroupName: group.name } },
  );

export const uploadTooSlow = ({ bytesPerSecond, windowMs }: { bytesPerSecond: number; windowMs: number }): RpcError =>
  listsError(
    status.ABORTED,
    `The upload was too slow: an upload must bring ${bytesPerSecond} bytes a second, measured over ${windowMs / 1_000} seconds. Nothing was imported. Send the file again over a faster connection, or split it.`,
    {
      reason: "ERROR_REASON_UPLOAD_TOO_SLOW",
      metadata: { bytesPerSecond: String(bytesPerSecond), windowSeconds: String(windowMs / 1_000) },
    },
  );

export const tooManyWaiting = (waiting: number): RpcError =>
  listsError(
    status.RESOURCE_EXHAUSTED,
    `${waiting} files of this tenant wait to be read already. Send this one again when some of them have ended.`,
    { reason: "ERROR_REASON_TOO_MANY_IMPORTS", metadata: { waiting: String(waiting) }, retryAfterMs: 10_000 },
  );

export const importCancelled = (): RpcError =>
  listsError(status.ABORTED, "The import was cancelled; nothing was imported.", {
    reason: "ERROR_REASON_IMPORT_CANCELLED",
  });

export const importEnded = (importId: string): RpcError =>
  listsError(status.FAILED_PRECONDITION, `Import ${importId} has ended already.`, {
    reason: "ERROR_REASON_IMPORT_ENDED",
    metadata: { importId },
  });

export const suppressionListNotFound = (suppressionListId: string): RpcError =>
  listsError(status.NOT_FOUND, `This tenant has no suppression list ${suppressionListId}.`, {
    reason: "ERROR_REASON_SUPPRESSION_LIST_NOT_FOUND",
    metadata: { suppressionListId },
  });

export const suppressionListNameTaken = (name: string): RpcError =>
  listsError(status.ALREADY_EXISTS, `Another suppression list of this tenant is named ${JSON.stringify(name)}.`, {
    reason: "ERROR_REASON_SUPPRESSION_LIST_NAME_TAKEN",
    metadata: { name },
  });

export const suppressionListChanged = (suppressionListId: string): RpcError =>
  listsError(
    status.ABORTED,
    `Somebody changed suppression list ${suppressionListId} since you read it. Read it again and retry.`,
    { reason: "ERROR_REASON_SUPPRESSION_LIST_CHANGED", metadata: { suppressionListId } },
  );

export const optOutList = (suppressionListId: string, what: string): RpcError =>
  listsError(status.FAILED_PRECONDITION, `Herald keeps opt-outs in suppression list ${suppressionListId}: ${what}`, {
    reason: "ERROR_REASON_OPT_OUT_LIST",
    metadata: { suppressionListId },
  });

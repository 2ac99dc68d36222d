/** The errors of compliance, as in its `error_reason.proto`. "Do not call" is an answer and never an error. */
import { ErrorReason } from "../../gen/herald/compliance/v1/error_reason.ts";
import { serviceErrors, status } from "../lib/errors/errors.ts";

const complianceError = serviceErrors("compliance", ErrorReason);

/** No attempt is allowed while data that the answer needs is missing or may be out of date. `why` tells operators which data. */
export const notReady = (why: string, cause?: unknown) =>
  complianceError(status.UNAVAILABLE, `No attempt can be checked right now: ${why}. Try again shortly.`, {
    reason: "ERROR_REASON_NOT_READY",
    metadata: { why },
    retryAfterMs: 500,
    cause,
  });

export const ruleNotFound = (ruleId: string) =>
  complianceError(status.NOT_FOUND, `This tenant has no rule ${ruleId}.`, {
    reason: "ERROR_REASON_RULE_NOT_FOUND",
    metadata: { ruleId },
  });

export const ruleNameTaken = (name: string) =>
  complianceError(status.ALREADY_EXISTS, `This tenant has another rule with the name "${name}".`, {
    reason: "ERROR_REASON_RULE_NAME_TAKEN",
    metadata: { name },
  });

export const ruleChanged = (ruleId: string) =>
  complianceError(status.ABORTED, `Somebody changed rule ${ruleId} since it was read; read it again and retry.`, {
    reason: "ERROR_REASON_RULE_CHANGED",
    metadata: { ruleId },
  });

export const attemptPolicyChanged = () =>
  complianceError(status.ABORTED, "Somebody changed the attempt policy since it was read; read it again and retry.", {
    reason: "ERROR_REASON_ATTEMPT_POLICY_CHANGED",
  });

export const decisionNotFound = (attemptId: string) =>
  complianceError(status.NOT_FOUND, `This tenant has no decision for attempt ${attemptId}.`, {
    reason: "ERROR_REASON_DECISION_NOT_FOUND",
    metadata: { attemptId },
  });

/** DEADLINE_EXCEEDED: the caller no longer waits, so a late "allowed" must not leave. */
export const tooLate = () =>
  complianceError(
    status.DEADLINE_EXCEEDED,
    "The deadline passed before the attempts were checked; none of them is allowed.",
    {
      reason: "ERROR_REASON_UNSPECIFIED",
    },
  );

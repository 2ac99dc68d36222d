/** Every refusal of `jobs`, one function for each reason in error_reason.proto. */
import { ErrorReason } from "../../gen/herald/jobs/v1/error_reason.ts";
import { type RpcError, serviceErrors, status } from "../lib/errors/errors.ts";

const jobsError = serviceErrors("jobs", ErrorReason);

export const jobNotFound = (jobId: string): RpcError =>
  jobsError(status.NOT_FOUND, `This tenant has no job ${jobId}.`, {
    reason: "ERROR_REASON_JOB_NOT_FOUND",
    metadata: { jobId },
  });

export const jobEnded = (jobId: string): RpcError =>
  jobsError(status.FAILED_PRECONDITION, `Job ${jobId} has ended already; there is nothing to stop.`, {
    reason: "ERROR_REASON_JOB_ENDED",
    metadata: { jobId },
  });

/** The errors of `contacts`: one function for each reason in error_reason.proto. */
import { ErrorReason } from "../../gen/herald/contacts/v1/error_reason.ts";
import { type RpcError, serviceErrors, status } from "../lib/errors/errors.ts";

const contactsError = serviceErrors("contacts", ErrorReason);

export const contactNotFound = (contactId: string): RpcError =>
  contactsError(status.NOT_FOUND, `This tenant has no contact ${contactId}.`, {
    reason: "ERROR_REASON_CONTACT_NOT_FOUND",
    metadata: { contactId },
  });

export const interactionNotFound = (interactionId: string): RpcError =>
  contactsError(status.NOT_FOUND, `This tenant has no interaction ${interactionId}.`, {
    reason: "ERROR_REASON_INTERACTION_NOT_FOUND",
    metadata: { interactionId },
  });

/** Asks the services that own them whether the things a group names exist. */
import type { RuleServiceDefinition } from "../../../gen/herald/compliance/v1/rule_service.ts";
import type { ProgramServiceDefinition } from "../../../gen/herald/dial/v1/program_service.ts";
import type { ContactListServiceDefinition } from "../../../gen/herald/lists/v1/contact_list_service.ts";
import type { SuppressionListServiceDefinition } from "../../../gen/herald/lists/v1/suppression_list_service.ts";
import { forEachConcurrently } from "../../lib/async/batch.ts";
import type { Calls, CallScope } from "../../lib/client/client.ts";
import { isServiceError } from "../../lib/errors/error-details.ts";
import { status } from "../../lib/errors/errors.ts";
import { type ReferenceKind, referenceNotFound } from "../errors.ts";

/** The things that a group names. */
export interface References {
  contactListIds?: readonly string[];
  suppressionListIds?: readonly string[];
  ruleIds?: readonly string[];
  programId?: string;
}

/** Throws FAILED_PRECONDITION for the first reference that does not exist in the tenant. */
export type CheckReferences = (references: References, scope: CallScope) => Promise<void>;

export interface ReferenceOwners {
  contactLists: Calls<ContactListServiceDefinition>;
  suppressionLists: Calls<SuppressionListServiceDefinition>;
  rules: Calls<RuleServiceDefinition>;
  programs: Calls<ProgramServiceDefinition>;
}

const AT_ONCE = 10;

export function referenceChecks({ contactLists, suppressionLists, rules, programs }: ReferenceOwners): CheckReferences {
  return async ({ contactListIds = [], suppressionListIds = [], ruleIds = [], programId = "" }, scope) => {
    const asked = [
      ...contactListIds.map((id) =>
        exists("contact list", "contact_list_ids", id, () => contactLists.getContactList({ contactListId: id }, scope)),
      ),
      ...suppressionListIds.map((id) =>
        exists("suppression list", "suppression_list_ids", id, () =>
          suppressionLists.getSuppressionList({ suppressionListId: id }, scope),
        ),
      ),
      ...ruleIds.map((id) => exists("rule", "rule_ids", id, () => rules.getRule({ ruleId: id }, scope))),
      ...(programId === ""
        ? []
        : [exists("program", "program_id", programId, () => programs.getProgram({ programId }, scope))]),
    ];
    await forEachConcurrently(asked, AT_ONCE, (ask) => ask());
  };
}

function exists(kind: ReferenceKind, field: string, id: string, ask: () => Promise<unknown>): () => Promise<void> {
  return async () => {
    try {
      await ask();
    } catch (error) {
      // INVALID_ARGUMENT: the id has a form that the owning service never gives to ids.
      const unknown = isServiceError(error) && [status.NOT_FOUND, status.INVALID_ARGUMENT].includes(error.code);
      if (unknown) throw referenceNotFound(kind, field, id);
      throw error;
    }
  };
}

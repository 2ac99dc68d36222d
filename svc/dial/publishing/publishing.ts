/** What dial publishes to other services. The outbox keeps it in batches, one row each, and delivers until the receiver accepts. */
import type { AttemptReport } from "../../../gen/herald/campaigns/v1/attempt_report.ts";
import type { DialQueueServiceDefinition } from "../../../gen/herald/campaigns/v1/dial_queue_service.ts";
import type { AttemptCheckServiceDefinition } from "../../../gen/herald/compliance/v1/attempt_check_service.ts";
import type { AttemptOutcome } from "../../../gen/herald/compliance/v1/attempt_outcome.ts";
import type { RecordedInteraction } from "../../../gen/herald/contacts/v1/interaction.ts";
import type { InteractionServiceDefinition } from "../../../gen/herald/contacts/v1/interaction_service.ts";
import type { OptOutChange } from "../../../gen/herald/lists/v1/opt_out_change.ts";
import type { SuppressionListServiceDefinition } from "../../../gen/herald/lists/v1/suppression_list_service.ts";
import type { Calls } from "../../lib/client/client.ts";
import { messagesOf } from "../../lib/outbox/message-kind.ts";
import type { Outbox } from "../../lib/outbox/outbox.ts";
import type { TenantQueryable } from "../../lib/postgres/db.ts";
import { INTERACTIONS, OPT_OUTS, OUTCOMES, REPORTS } from "./message-kinds.ts";

/** What one transaction publishes about attempts of one tenant. */
export interface Publication {
  reports?: readonly AttemptReport[];
  outcomes?: readonly AttemptOutcome[];
  interactions?: readonly RecordedInteraction[];
  /** What people refused, and what they took back. */
  optOuts?: readonly OptOutChange[];
}

export interface Publishing {
  /** Puts a publication into the outbox in the caller's transaction. It is delivered soon after the commit. */
  put(tx: TenantQueryable, publication: Publication): Promise<void>;
}

export interface PublishingDeps {
  outbox: Outbox;
  queue: Calls<typeof DialQueueServiceDefinition>;
  checks: Calls<typeof AttemptCheckServiceDefinition>;
  interactions: Calls<typeof InteractionServiceDefinition>;
  suppressionLists: Calls<typeof SuppressionListServiceDefinition>;
}

export function createPublishing(deps: PublishingDeps): Publishing {
  const { outbox } = deps;
  outbox.relay(REPORTS, (request, scope) => deps.queue.reportOutcomes(request, scope));
  outbox.relay(OUTCOMES, (request, scope) => deps.checks.reportOutcomes(request, scope));
  outbox.relay(INTERACTIONS, (request, scope) => deps.interactions.recordInteractions(request, scope));
  outbox.relay(OPT_OUTS, (request, scope) => deps.suppressionLists.recordOptOuts(request, scope));
  return {
    put: (tx, { reports, outcomes, interactions, optOuts }) =>
      outbox.put(tx, [
        ...messagesOf(REPORTS, reports),
        ...messagesOf(OUTCOMES, outcomes),
        ...messagesOf(INTERACTIONS, interactions),
        ...messagesOf(OPT_OUTS, optOuts),
      ]),
  };
}

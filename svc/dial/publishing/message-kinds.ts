/** The kinds of messages that dial puts into its outbox. Pure. */
import type { AttemptReport } from "../../../gen/herald/campaigns/v1/attempt_report.ts";
import { ReportOutcomesRequest as ReportAttemptsRequest } from "../../../gen/herald/campaigns/v1/dial_queue_service.ts";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { ReportOutcomesRequest } from "../../../gen/herald/compliance/v1/attempt_check_service.ts";
import type { AttemptOutcome } from "../../../gen/herald/compliance/v1/attempt_outcome.ts";
import { InteractionDirection, type RecordedInteraction } from "../../../gen/herald/contacts/v1/interaction.ts";
import { RecordInteractionsRequest } from "../../../gen/herald/contacts/v1/interaction_service.ts";
import { RecordOptOutsRequest } from "../../../gen/herald/lists/v1/suppression_list_service.ts";
import type { MessageKind } from "../../lib/outbox/message-kind.ts";

/** For campaigns. */
export const REPORTS: MessageKind<ReportAttemptsRequest, AttemptReport> = {
  topic: "campaigns",
  request: ReportAttemptsRequest,
  wrap: (reports) => ({ reports }),
  unwrap: ({ reports }) => reports,
  fromJson: (reports) => ReportAttemptsRequest.fromJSON({ reports }),
  attemptIdOf: ({ attemptId }) => attemptId,
};

/** For compliance. */
export const OUTCOMES: MessageKind<ReportOutcomesRequest, AttemptOutcome> = {
  topic: "compliance",
  request: ReportOutcomesRequest,
  wrap: (outcomes) => ({ outcomes }),
  unwrap: ({ outcomes }) => outcomes,
  fromJson: (outcomes) => ReportOutcomesRequest.fromJSON({ outcomes }),
  attemptIdOf: ({ attemptId }) => attemptId,
};

/** For contacts. An outbound interaction has the id of its attempt. */
export const INTERACTIONS: MessageKind<RecordInteractionsRequest, RecordedInteraction> = {
  topic: "contacts",
  request: RecordInteractionsRequest,
  wrap: (interactions) => ({ interactions }),
  unwrap: ({ interactions }) => interactions,
  fromJson: (interactions) => RecordInteractionsRequest.fromJSON({ interactions }),
  attemptIdOf: ({ interaction }) =>
    interaction?.direction === InteractionDirection.INTERACTION_DIRECTION_OUTBOUND ? interaction.id : "",
};

const BY_SMS = { channel: Channel.CHANNEL_SMS, reason: "Opted out by SMS" };

/** For lists: numbers that opted out of text messages. */
export const OPT_OUTS: MessageKind<RecordOptOutsRequest, string> = {
  topic: "opt_outs",
  request: RecordOptOutsRequest,
  wrap: (contactInfos) => ({ ...BY_SMS, contactInfos }),
  unwrap: ({ contactInfos }) => contactInfos,
  fromJson: (contactInfos) => ({ ...RecordOptOutsRequest.fromJSON({ contactInfos }), ...BY_SMS }),
};

/** The kinds of messages that dial puts into its outbox. Pure. */
import type { AttemptReport } from "../../../gen/herald/campaigns/v1/attempt_report.ts";
import { ReportOutcomesRequest as ReportAttemptsRequest } from "../../../gen/herald/campaigns/v1/dial_queue_service.ts";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { ReportOutcomesRequest } from "../../../gen/herald/compliance/v1/attempt_check_service.ts";
import type { AttemptOutcome } from "../../../gen/herald/compliance/v1/attempt_outcome.ts";
import { InteractionDirection, type RecordedInteraction } from "../../../gen/herald/contacts/v1/interaction.ts";
import { RecordInteractionsRequest } from "../../../gen/herald/contacts/v1/interaction_service.ts";
import type { OptOutChange } from "../../../gen/herald/lists/v1/opt_out_change.ts";
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

/** For lists: an opt-out or the end of one. Earlier versions stored a number alone. */
export type OptOutItem = OptOutChange | string;

/** For lists: what people refused, in the order in which they did. */
export const OPT_OUTS: MessageKind<RecordOptOutsRequest, OptOutItem> = {
  topic: "opt_outs",
  request: RecordOptOutsRequest,
  wrap(items) {
    const contactInfos = items.filter((item) => typeof item === "string");
    const changes = items.filter((item) => typeof item !== "string");
    return contactInfos.length > 0
      ? { ...BY_SMS, contactInfos, changes }
      : { channel: Channel.CHANNEL_UNSPECIFIED, contactInfos, reason: "", changes };
  },
  unwrap: ({ contactInfos, changes }) => [...contactInfos, ...changes],
  fromJson: (contactInfos) => ({ ...RecordOptOutsRequest.fromJSON({ contactInfos }), ...BY_SMS }),
};

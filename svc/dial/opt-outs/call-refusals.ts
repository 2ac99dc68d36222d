/** Calls that ended with "do not call": an opt-out, like every other way of saying no. */
import { CallResult } from "../../../gen/herald/common/v1/outcome.ts";
import { OptOutSource } from "../../../gen/herald/dial/v1/opt_out.ts";
import type { TenantTransaction } from "../../lib/postgres/db.ts";
import type { AttemptChange } from "../attempts/attempt.ts";
import type { InteractionFacts } from "../publishing/reports.ts";
import type { OptOuts } from "./opt-outs.ts";
import { programOfGroup } from "./session-program-store.ts";

/** Records the refusals among results that are stored, in the same transaction. */
export type RecordCallRefusals = (
  tx: TenantTransaction,
  ended: readonly { change: AttemptChange; facts: InteractionFacts }[],
) => Promise<void>;

const DO_NOT_CALL = CallResult.CALL_RESULT_DO_NOT_CALL;

const refuses = (change: AttemptChange): boolean =>
  change.kind === "ended" &&
  change.outcome.result?.$case === "callResult" &&
  change.outcome.result.callResult === DO_NOT_CALL;

export const recordCallRefusals =
  (optOuts: OptOuts): RecordCallRefusals =>
  async (tx, ended) => {
    for (const { change, facts } of ended.filter((one) => refuses(one.change))) {
      const { id, channel, contactInfo, clientId, ownAddress, origin } = facts;
      await optOuts.record(tx, {
        // A result that is reported twice is one opt-out.
        ...{ id, attemptId: id, channel, contactInfo, clientId, ownAddress, sayTime: change.at },
        source: OptOutSource.OPT_OUT_SOURCE_CALL,
        programId: origin.kind === "chain" ? await programOfGroup(tx, origin.groupId) : "",
        ...{ words: "", recordedBy: "" },
      });
    }
  };

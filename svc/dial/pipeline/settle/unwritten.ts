/** Results that could not be stored when they came. People see them, and can have them stored again. */
import type { Undelivered } from "../../../../gen/herald/common/v1/undelivered.ts";
import type { Database } from "../../../lib/postgres/db.ts";
import type { SetAsideMessages } from "../../../lib/outbox/set-aside.ts";
import { withoutValues } from "../../../lib/outbox/withheld.ts";
import type { AttemptKey, AttemptChange } from "../../attempts/attempt.ts";
import { toFacts } from "../../attempts/attempt-rows.ts";
import { findAttempts } from "../../attempts/attempt-store.ts";
import { isOfTheData, type Results } from "./results.ts";
import {
  listUnwritten,
  noteUnwritten,
  takeUnwritten,
  type UnwrittenResult,
  type UnwrittenRow,
} from "./unwritten-store.ts";

/** The topic under which people see them. */
const RESULTS_TOPIC = "results";
const BATCH = 500;

export function createUnwritten({ db, results }: { db: Database; results: Results }): SetAsideMessages {
  /** Stores one, or notes why that failed; false when it is gone. */
  async function writeAgain(tenantId: string, id: string): Promise<boolean> {
    try {
      return await results.writeAgain(tenantId, async (tx) => {
        const unwritten = await takeUnwritten(tx, id);
        if (!unwritten) return undefined;
        const [row] = await findAttempts(tx, [unwritten.attemptId]);
        return row ? changeOf(unwritten, toFacts(row)) : "gone";
      });
    } catch (error) {
      if (!isOfTheData(error)) throw error;
      await noteUnwritten(db.tenant(tenantId), id, error);
      return true;
    }
  }

  return {
    async list(tenantId, { topic, beforeId, limit }) {
      if (topic !== "" && topic !== RESULTS_TOPIC) return [];
      return (await listUnwritten(db.tenant(tenantId), beforeId, limit)).map(toUndelivered);
    },
    async deliver(tenantId, { undeliveredId, topic }) {
      if (topic !== "" && topic !== RESULTS_TOPIC) return 0;
      if (undeliveredId !== "") return Number(await writeAgain(tenantId, undeliveredId));
      let count = 0;
      for (let beforeId = ""; ;) {
        const rows = await listUnwritten(db.tenant(tenantId), beforeId, BATCH);
        for (const { id } of rows) count += Number(await writeAgain(tenantId, id));
        if (rows.length < BATCH) return count;
        beforeId = rows.at(-1)?.id ?? "";
      }
    },
  };
}

/** Fields with times, which JSON turns into texts. */
const TIMES: readonly string[] = ["at", "sentAt", "receiptUntil", "earliestTime"];

/** The change in the form in which it came, for the attempt as it is known now. */
function changeOf({ change }: UnwrittenResult, key: AttemptKey): AttemptChange {
  const revived: unknown = JSON.parse(JSON.stringify(change), (name, value: unknown) =>
    TIMES.includes(name) && typeof value === "string" ? new Date(value) : value,
  );
  return { ...(revived as AttemptChange), key, attempt: undefined };
}

const toUndelivered = (row: UnwrittenRow): Undelivered => ({
  id: row.id,
  service: "dial",
  topic: RESULTS_TOPIC,
  itemCount: 1,
  attemptIds: [row.attempt_id],
  reason: withoutValues(row.reason),
  tryCount: row.tries,
  createTime: row.create_time,
});

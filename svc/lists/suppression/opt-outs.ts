/** The lists in which Herald keeps opt-outs. It makes a list with the first opt-out, and nothing can weaken it. */
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import type { SuppressionList } from "../../../gen/herald/lists/v1/suppression_list.ts";
import type { RecordOptOutsRequest } from "../../../gen/herald/lists/v1/suppression_list_service.ts";
import type { Database, TenantTransaction } from "../../lib/postgres/db.ts";
import type { Now } from "../../lib/async/time.ts";
import { Checks } from "../../lib/request/validate.ts";
import { logChange } from "../change-log/change-store.ts";
import { optOutList } from "../errors.ts";
import type { Events } from "../events.ts";
import { findOptOutList, insertOptOutList } from "./opt-out-store.ts";
import { putEntries } from "./suppression-entry-store.ts";
import { countEntries } from "./suppression-list-store.ts";
import { LONGEST_REASON, LONGEST_DEVICE, oneLine, readDevice } from "../reader/suppression/suppression-value.ts";

const MOST_AT_ONCE = 1_000;
/** Opt-outs come as E.164, so any region will do. */
const ANY_REGION = "US";
const CHANNELS: Readonly<Record<number, { word: string; description: string }>> = {
  [Channel.CHANNEL_VOICE]: { word: "calls", description: "People who asked not to be called. Kept by Herald." },
  [Channel.CHANNEL_SMS]: {
    word: "SMS",
    description: "Numbers whose owners answered STOP to a text message. Kept by Herald.",
  },
  [Channel.CHANNEL_EMAIL]: { word: "email", description: "People who asked for no more email. Kept by Herald." },
};

/** Refuses to change a list of opt-outs in any way other than a correction. */
export function refuseOnOptOuts({ id, optOutChannel }: SuppressionList, what: string): void {
  if (optOutChannel !== Channel.CHANNEL_UNSPECIFIED) throw optOutList(id, what);
}

export async function recordOptOuts(
  { db, events, now }: { db: Database; events: Events; now: Now },
  tenantId: string,
  req: RecordOptOutsRequest,
): Promise<{ suppressionList: SuppressionList | undefined; addedCount: number }> {
  const { channel, values, reason } = readOptOuts(req);
  const entries = values.map((value) => ({
    value,
    fromTime: undefined,
    untilTime: undefined,
    reason,
    createTime: undefined,
  }));
  return db.transaction(tenantId, async (tx) => {
    const { id } = (await findOptOutList(tx, channel)) ?? (await makeList(tx, channel, now()));
    const addedCount = await putEntries(tx, id, entries, now());
    const suppressionList = await countEntries(tx, id, addedCount, now());
    await logChange(tx, id, { added: entries }, now());
    events.entriesAdded(entries.length);
    return { suppressionList, addedCount };
  });
}

function readOptOuts({ channel, contactInfos, reason }: RecordOptOutsRequest) {
  const check = new Checks();
  check.that(channel in CHANNELS, "channel", "Must be CHANNEL_VOICE, CHANNEL_SMS or CHANNEL_EMAIL.");
  check.count("contact_infos", contactInfos, { least: 1, most: MOST_AT_ONCE });
  const why = oneLine(check.text("reason", reason, { most: LONGEST_REASON }));
  const values = contactInfos.map((text, i) => {
    const written = check.text(`contact_infos[${i}]`, text, { most: LONGEST_DEVICE });
    // A text that cannot be understood is kept as it is, and attempts to exactly this text are refused.
    return readDevice(written, ANY_REGION).value ?? written;
  });
  check.done();
  return { channel, reason: why, values: [...new Set(values)] };
}

/** The tenant may already have another list of the same name. */
async function makeList(tx: TenantTransaction, channel: Channel, now: Date): Promise<SuppressionList> {
  const { word = "", description = "" } = CHANNELS[channel] ?? {};
  for (let number = 1; ; number++) {
    const name =
      number === 1 ? `Opt-outs (${word})` : `Opt-outs (${word}), kept by Herald${number > 2 ? ` ${number}` : ""}`;
    const list =
      (await insertOptOutList(tx, { channel, name, description }, now)) ?? (await findOptOutList(tx, channel));
    if (list) return list;
  }
}

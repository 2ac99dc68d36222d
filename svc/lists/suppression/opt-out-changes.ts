/** Reads what services tell about opt-outs, and sorts it by the list that keeps it. Pure. */
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import type { OptOutChange } from "../../../gen/herald/lists/v1/opt_out_change.ts";
import { SuppressionKind } from "../../../gen/herald/lists/v1/suppression_list.ts";
import type { RecordOptOutsRequest } from "../../../gen/herald/lists/v1/suppression_list_service.ts";
import { Checks } from "../../lib/request/validate.ts";
import { LONGEST_DEVICE, LONGEST_REASON, oneLine, readDevice } from "../reader/suppression/suppression-value.ts";
import { NO_OPT_OUT } from "./ground-store.ts";
import type { OptOutKind } from "./opt-out-store.ts";

const MOST_AT_ONCE = 1_000;
/** Opt-outs come as E.164, so any region will do. */
const ANY_REGION = "US";
const LONGEST_CLIENT_ID = 128;
const LONGEST_PROGRAM_NAME = 60;

/** What the opt-outs of one kind suppress. */
export interface OptOutsOfKind {
  of: OptOutKind;
  programName: string;
  entries: { value: string; optOutId: string; reason: string }[];
}

export interface ReadOptOuts {
  kinds: OptOutsOfKind[];
  withdrawnIds: string[];
}

/** Applied in their order: what an opt-out suppressed before it was withdrawn is left out. */
export function readOptOuts(req: RecordOptOutsRequest): ReadOptOuts {
  const check = new Checks();
  check.count("changes", req.changes, { most: MOST_AT_ONCE });
  const named = readPlain(check, req);
  const changes = req.changes.map((change, i) => readChange(check, `changes[${i}]`, change));
  check.that(named !== undefined || changes.length > 0, "contact_infos", "Give at least one opt-out.");
  check.done();
  const all = named ? [named, ...changes] : changes;
  const withdrawn = new Map(all.flatMap(({ optOutId, withdrawn: ends }, i) => (ends ? [[optOutId, i] as const] : [])));
  const held = all.filter(({ optOutId, withdrawn: ends }, i) => !ends && i > (withdrawn.get(optOutId) ?? -1));
  return { kinds: kindsOf(held), withdrawnIds: [...withdrawn.keys()] };
}

/** The opt-outs without an id, which only a correction ends. */
function readPlain(check: Checks, { channel, contactInfos, reason, changes }: RecordOptOutsRequest) {
  if (contactInfos.length === 0 && changes.length > 0) return undefined;
  check.that(KNOWN.has(channel), "channel", "Must be CHANNEL_VOICE, CHANNEL_SMS or CHANNEL_EMAIL.");
  check.count("contact_infos", contactInfos, { least: 1, most: MOST_AT_ONCE });
  return {
    ...{ optOutId: NO_OPT_OUT, channel, programId: "", programName: "", clientIds: [], withdrawn: false },
    contactInfos: readDevices(check, "contact_infos", contactInfos),
    reason: oneLine(check.text("reason", reason, { most: LONGEST_REASON })),
  };
}

const KNOWN: ReadonlySet<Channel> = new Set([Channel.CHANNEL_VOICE, Channel.CHANNEL_SMS, Channel.CHANNEL_EMAIL]);

function readChange(check: Checks, field: string, change: OptOutChange): OptOutChange {
  check.id(`${field}.opt_out_id`, change.optOutId);
  if (change.withdrawn) return { ...change, contactInfos: [], clientIds: [] };
  check.that(
    change.channel === Channel.CHANNEL_UNSPECIFIED || KNOWN.has(change.channel),
    `${field}.channel`,
    "Must be CHANNEL_VOICE, CHANNEL_SMS, CHANNEL_EMAIL, or unspecified for all.",
  );
  check.count(`${field}.contact_infos`, change.contactInfos, { most: MOST_AT_ONCE });
  check.count(`${field}.client_ids`, change.clientIds, { most: MOST_AT_ONCE });
  return {
    ...change,
    programId: check.id(`${field}.program_id`, change.programId, { optional: true }),
    programName: change.programName.slice(0, LONGEST_PROGRAM_NAME),
    contactInfos: holdable(change.contactInfos, LONGEST_DEVICE).map(asDevice),
    clientIds: holdable(change.clientIds, LONGEST_CLIENT_ID),
    reason: oneLine(check.text(`${field}.reason`, change.reason, { most: LONGEST_REASON })),
  };
}

const readDevices = (check: Checks, field: string, texts: readonly string[]): string[] =>
  texts.map((text, i) => asDevice(check.text(`${field}[${i}]`, text, { most: LONGEST_DEVICE })));

/** A text that cannot be understood is kept as it is, and attempts to exactly this text are refused. */
const asDevice = (text: string): string => readDevice(text, ANY_REGION).value ?? text;

/** What no record can have, such as a client id that is longer than any of a list, needs no entry; the rest holds all the same. */
const holdable = (texts: readonly string[], most: number): string[] =>
  texts.flatMap((text) => {
    const check = new Checks();
    const written = check.text("value", text, { most });
    return check.violations.length === 0 ? [written] : [];
  });

function kindsOf(changes: readonly OptOutChange[]): OptOutsOfKind[] {
  const kinds = new Map<string, OptOutsOfKind>();
  const put = (kind: SuppressionKind, values: readonly string[], change: OptOutChange) => {
    const { channel, programId, programName, optOutId, reason } = change;
    if (values.length === 0) return;
    const key = `${kind} ${channel} ${programId}`;
    const one = kinds.get(key) ?? { of: { kind, channel, programId }, programName, entries: [] };
    one.entries.push(...values.map((value) => ({ value, optOutId, reason })));
    kinds.set(key, one);
  };
  for (const change of changes) {
    put(SuppressionKind.SUPPRESSION_KIND_DEVICE, change.contactInfos, change);
    put(SuppressionKind.SUPPRESSION_KIND_CLIENT_ID, change.clientIds, change);
  }
  return [...kinds.values()];
}

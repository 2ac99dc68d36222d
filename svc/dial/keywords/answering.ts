/** Decides whether what a person wrote is answered, so that nobody gets two confirmations and two machines do not write to each other for ever. */
import { type Keyword, KeywordKind } from "../../../gen/herald/dial/v1/keyword.ts";
import { newId } from "../../lib/request/ids.ts";
import type { TenantTransaction } from "../../lib/postgres/db.ts";
import { findProgram } from "../programs/program-store.ts";
import { answersSince, lockAnswers, putAnswer } from "./answer-store.ts";
import { answerTo } from "./answer-text.ts";
import type { Reading } from "./read-message.ts";

/** To whom, from which sender and for which program is answered. */
export interface Asker {
  contactInfo: string;
  clientId: string;
  /** The sender that was written to. */
  ownAddress: string;
  programId: string;
}

/** So many answers a day to one number, whatever it writes. */
const MOST_A_DAY = 6;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** The same answer is not given again within this time. STOP and START are answered when they change something. */
const REST_MS: Readonly<Partial<Record<KeywordKind, number>>> = {
  [KeywordKind.KEYWORD_KIND_STOP]: 60_000,
  [KeywordKind.KEYWORD_KIND_START]: 60_000,
  [KeywordKind.KEYWORD_KIND_HELP]: HOUR_MS,
  [KeywordKind.KEYWORD_KIND_OWN]: 600_000,
};

/** Stores the answer in the transaction that stored what was written. Gives its id; undefined if there is none. */
export async function answer(
  tx: TenantTransaction,
  reading: Reading,
  asker: Asker,
  { keywords, now }: { keywords: readonly Keyword[]; now: Date },
): Promise<string | undefined> {
  const { kind, keyword } = reading;
  const program = (await findProgram(tx, asker.programId, now)) ?? (await findProgram(tx, "", now));
  const said = program && answerTo(reading, program, keywords);
  if (kind === undefined || !program || !said || asker.contactInfo === "") return undefined;
  await lockAnswers(tx, asker.contactInfo);
  const before = await answersSince(tx, asker.contactInfo, new Date(now.getTime() - DAY_MS));
  if (!mayAnswer({ kind, keywordId: keyword?.id ?? "" }, before, now)) return undefined;
  const id = newId();
  await putAnswer(tx, { ...asker, id, kind, keywordId: said.keywordId, programId: program.id, text: said.text }, now);
  return id;
}

/** Pure. `before` are the answers of the last day. */
export function mayAnswer(
  asked: { kind: KeywordKind; keywordId: string },
  before: readonly { kind: KeywordKind; keywordId: string; createTime: Date }[],
  now: Date,
): boolean {
  if (before.length >= MOST_A_DAY) return false;
  const isSame = (one: { kind: KeywordKind; keywordId: string }) =>
    one.kind === asked.kind && (asked.kind !== KeywordKind.KEYWORD_KIND_OWN || one.keywordId === asked.keywordId);
  const since = now.getTime() - (REST_MS[asked.kind] ?? DAY_MS);
  return !before.some((one) => isSame(one) && one.createTime.getTime() > since);
}

/** Does what a person wrote: a refusal holds, START takes it back, and both, HELP and keywords are answered. */
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { type Keyword, KeywordKind } from "../../../gen/herald/dial/v1/keyword.ts";
import { OptOutSource, OptOutState } from "../../../gen/herald/dial/v1/opt_out.ts";
import type { Now } from "../../lib/async/time.ts";
import { actingFor, type TenantTransaction, type Transaction } from "../../lib/postgres/db.ts";
import { newId } from "../../lib/request/ids.ts";
import { answer } from "../keywords/answering.ts";
import type { Reading } from "../keywords/read-message.ts";
import { lockHolding } from "../opt-outs/opt-out-store.ts";
import type { OptOuts } from "../opt-outs/opt-outs.ts";
import type { InboundSms } from "../sms/smpp-provider.ts";
import type { InboundMatch } from "./inbound-match.ts";

export interface MeaningDeps {
  optOuts: OptOuts;
  now: Now;
  /** Called after a commit when there is an answer to send. */
  answersWait: () => void;
}

/** What was read, and the keywords of the tenant to which it belongs. */
export interface Understood {
  reading: Reading;
  keywords: readonly Keyword[];
}

/** What was done. */
export interface Done {
  /** Tenants for which the person's refusal holds now. */
  refusedTenants: number;
}

type Concerned = InboundMatch["optOuts"][number];

const { KEYWORD_KIND_START, KEYWORD_KIND_STOP } = KeywordKind;
const BY_KEYWORD = [OptOutSource.OPT_OUT_SOURCE_KEYWORD];
/** So many characters of an opt-out are kept with it; all of them are in the history of the contact. */
const MOST_WORDS_KEPT = 2_000;
const LONGEST_REASON = 200;

export async function actOn(
  deps: MeaningDeps,
  tx: Transaction,
  message: InboundSms,
  match: InboundMatch,
  { reading, keywords }: Understood,
): Promise<Done> {
  const { addressee, optOuts: concerned } = match;
  const refuses = reading.kind === KEYWORD_KIND_STOP || reading.doubtful;
  let isAnswered = !refuses && reading.kind !== undefined && reading.kind !== KEYWORD_KIND_START;
  for (const one of refuses || reading.kind === KEYWORD_KIND_START ? concerned : []) {
    const acting = actingFor(tx, one.tenantId);
    const changed = refuses
      ? await refuse(deps, acting, message, one, reading)
      : await takeBack(deps, acting, message, one);
    if (changed && !reading.doubtful && one.tenantId === addressee?.tenantId) isAnswered = true;
  }
  if (addressee && isAnswered) {
    const { contactInfo, clientId, programId } = addressee;
    const asker = { contactInfo, clientId, programId, ownAddress: addressee.ownAddress || message.to.address };
    const id = await answer(actingFor(tx, addressee.tenantId), reading, asker, { keywords, now: deps.now() });
    if (id !== undefined) tx.afterCommit(deps.answersWait);
  }
  return { refusedTenants: refuses ? concerned.length : 0 };
}

/** False when the same refusal holds already: it is stored once, and answered once. */
async function refuse(
  { optOuts, now }: MeaningDeps,
  tx: TenantTransaction,
  { text, to }: InboundSms,
  { numbers: [contactInfo = "", ...alsoMeant], clientId, programId, attemptId }: Concerned,
  { doubtful }: Reading,
): Promise<boolean> {
  const holding = await lockHolding(tx, [contactInfo], BY_KEYWORD);
  const isSame = (one: (typeof holding)[number]) =>
    one.programId === (programId || tx.tenantId) && (doubtful || one.state === OptOutState.OPT_OUT_STATE_HOLDING);
  if (holding.some(isSame)) return false;
  await optOuts.record(tx, {
    ...{
      id: newId(),
      channel: Channel.CHANNEL_SMS,
      source: OptOutSource.OPT_OUT_SOURCE_KEYWORD,
      provisional: doubtful,
    },
    // Without a message of the tenant that it answers.
    isProgramUnknown: attemptId === "",
    ...{ contactInfo, alsoMeant, clientId, programId, attemptId, sayTime: now(), recordedBy: "" },
    ...{ words: text.slice(0, MOST_WORDS_KEPT), ownAddress: to.address },
  });
  return true;
}

/** False when there was nothing to take back. */
async function takeBack(
  { optOuts }: MeaningDeps,
  tx: TenantTransaction,
  { text }: InboundSms,
  { numbers }: Concerned,
): Promise<boolean> {
  const withdrawal = { by: "person", reason: text.slice(0, LONGEST_REASON) };
  return (await optOuts.withdrawAll(tx, numbers, BY_KEYWORD, withdrawal)).length > 0;
}

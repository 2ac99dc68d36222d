/** Messages from phones: finds whose they are and whether they opt out, and tells contacts. All is stored before they are acknowledged. */
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { InteractionDirection, type RecordedInteraction } from "../../../gen/herald/contacts/v1/interaction.ts";
import { KeywordKind } from "../../../gen/herald/dial/v1/keyword.ts";
import { HeldReason } from "../../../gen/herald/dial/v1/held_message.ts";
import { actingFor, type Database, type Transaction } from "../../lib/postgres/db.ts";
import { newId } from "../../lib/request/ids.ts";
import { listKeywords } from "../keywords/keyword-store.ts";
import { ofProgram, readMessage } from "../keywords/read-message.ts";
import { actOn, type MeaningDeps, type Understood } from "./meaning.ts";
import type { Events } from "../events.ts";
import { holdMessage, putPart, takeIncomplete } from "./held-store.ts";
import { type InboundMatch, matchInbound } from "./inbound-match.ts";
import { findConversations, findDialingTenants } from "../attempts/open-store.ts";
import { isOptOut } from "./opt-out.ts";
import { findSenderUsers } from "../senders/sender-store.ts";
import { countryOf, senderOf } from "../senders/senders.ts";
import type { InboundSms } from "../sms/smpp-provider.ts";
import type { Publishing } from "../publishing/publishing.ts";
import { putInbound } from "./inbound-message-store.ts";
import { readingsOf, writingsOf } from "./written-number.ts";

export interface InboundDeps extends MeaningDeps {
  db: Database;
  publishing: Publishing;
  events: Events;
  /** Country of numbers without a country code, if our own number does not show it; may be empty. */
  region: string;
}

/** If the other parts of a message do not come in this time, it is taken without them. */
const PARTS_WITHIN_MS = 120_000;
const INCOMPLETE_AT_ONCE = 100;

/** Stores one message, or one part of it, and does what it says. All of it is in the history of the contact too. */
export async function receiveInbound(deps: InboundDeps, message: InboundSms): Promise<void> {
  const { part } = message;
  const taken = await deps.db.everyTenant().transaction(async (tx) => {
    const text = part ? await putPart(tx, message, part, deps.now()) : message.text;
    return text === undefined ? ("part" as const) : take(deps, tx, { ...message, text });
  });
  deps.events.inbound(taken);
}

/** Takes messages whose other parts never came. Gives whether there may be more. */
export async function receiveIncomplete(deps: InboundDeps): Promise<boolean> {
  const before = new Date(deps.now().getTime() - PARTS_WITHIN_MS);
  const taken = await deps.db.everyTenant().transaction(async (tx) => {
    const kinds: InboundKind[] = [];
    for (const message of await takeIncomplete(tx, before, INCOMPLETE_AT_ONCE))
      kinds.push(await take(deps, tx, message));
    return kinds;
  });
  for (const kind of taken) deps.events.inbound(kind);
  return taken.length === INCOMPLETE_AT_ONCE;
}

/** Keeps a receipt that cannot be read for a person. If a broken centre marks an opt-out as a receipt, the opt-out counts. */
export async function receiveUnreadable(deps: InboundDeps, message: InboundSms): Promise<void> {
  if (isOptOut(message.text)) return receiveInbound(deps, message);
  const held = { reason: HeldReason.HELD_REASON_RECEIPT_UNREADABLE, optedOutTenants: 0 };
  await deps.db.everyTenant().transaction((tx) => holdMessage(tx, message, held, deps.now()));
  deps.events.receiptUnreadable();
}

type InboundKind = "opt_out" | "doubtful" | "message" | "stranger";

async function take(deps: InboundDeps, tx: Transaction, message: InboundSms): Promise<InboundKind> {
  const { publishing, now } = deps;
  const match = await findMatch(tx, message, deps.region);
  const { addressee } = match;
  const understood = await understand(tx, message.text, addressee);
  if (addressee) {
    const acting = actingFor(tx, addressee.tenantId);
    const id = newId();
    await publishing.put(acting, { interactions: [inboundInteraction(id, message.text, addressee, now())] });
    await putInbound(acting, inboundMessage(id, message, addressee, understood), now());
  }
  const concerned = match.optOuts.length > 0 ? match.optOuts : await everyTenant(tx, match, understood);
  const { refusedTenants } = await actOn(deps, tx, message, { ...match, optOuts: concerned }, understood);
  const refuses = understood.reading.kind === KeywordKind.KEYWORD_KIND_STOP || understood.reading.doubtful;
  if (!addressee) {
    const reason = refuses ? HeldReason.HELD_REASON_OPT_OUT : HeldReason.HELD_REASON_STRANGER;
    await holdMessage(tx, message, { reason, optedOutTenants: refusedTenants }, now());
  }
  if (refusedTenants > 0) return understood.reading.doubtful ? "doubtful" : "opt_out";
  return addressee && !refuses ? "message" : "stranger";
}

/** More tenants than this are not closed to a stranger who wrote to a number that nobody knows: a person decides. */
const MOST_TENANTS = 100;

/** If nobody knows either number, a refusal, and its end, are for whoever might write to the person: every tenant that dials. */
async function everyTenant(
  tx: Transaction,
  { numbers }: InboundMatch,
  { reading }: Understood,
): Promise<InboundMatch["optOuts"]> {
  const concernsAll = reading.kind === KeywordKind.KEYWORD_KIND_STOP || reading.kind === KeywordKind.KEYWORD_KIND_START;
  if (!concernsAll || numbers.length === 0) return [];
  const tenantIds = await findDialingTenants(tx, MOST_TENANTS + 1);
  if (tenantIds.length > MOST_TENANTS) return [];
  return tenantIds.map((tenantId) => ({ tenantId, numbers, clientId: "", attemptId: "", programId: "" }));
}

/** Reads the text with the keywords of the tenant to which it belongs. */
async function understand(tx: Transaction, text: string, addressee: InboundMatch["addressee"]): Promise<Understood> {
  const keywords = addressee ? await listKeywords(actingFor(tx, addressee.tenantId)) : [];
  const reading = readMessage(text, ofProgram(keywords, addressee?.programId || (addressee?.tenantId ?? "")));
  return { reading, keywords };
}

/** What comes from a tenant's own message centre concerns that tenant alone: nobody else has to believe it. */
async function findMatch(tx: Transaction, { from, to, owner }: InboundSms, usualRegion: string): Promise<InboundMatch> {
  const region = owner?.region || usualRegion;
  const ofOwner = ({ tenantId }: { tenantId: string }) => !owner || owner.tenantId === tenantId;
  const own = senderOf(Channel.CHANNEL_SMS, ownText(to));
  const used = own ? (await findSenderUsers(tx, own)).filter(ofOwner) : [];
  const countries = [own, ...used.map(({ sender }) => sender)].map((sender) => (sender ? countryOf(sender) : ""));
  const readings = readingsOf(from, distinct([...countries, region]));
  const conversations = (await findConversations(tx, writingsOf(from, readings))).filter(ofOwner);
  return matchInbound({ to: own, users: used, readings, conversations, ownerId: owner?.tenantId });
}

/** Our own number, with a plus sign in place of `00`, or added when the centre says that the number is international. */
function ownText({ address, type }: InboundSms["to"]): string {
  const text = address.replace(/^(?:tel|sms|smsto):/i, "").split(";", 1)[0] ?? "";
  if (/^00[1-9]\d{6,}$/.test(text)) return `+${text.slice(2)}`;
  return type === 1 && /^[1-9]\d{6,14}$/.test(text) ? `+${text}` : text;
}

const distinct = (texts: readonly string[]): string[] => [...new Set(texts.filter((text) => text !== ""))];

const LONGEST_TEXT = 16_384;

/** For those who handle what people write. */
const inboundMessage = (
  id: string,
  { text, to }: InboundSms,
  { contactInfo, clientId, ownAddress, programId }: NonNullable<InboundMatch["addressee"]>,
  { reading }: Understood,
) => ({
  ...{ id, contactInfo, clientId, programId, channel: Channel.CHANNEL_SMS },
  ownAddress: ownAddress || to.address,
  text: text.slice(0, LONGEST_TEXT),
  kind: reading.kind ?? KeywordKind.KEYWORD_KIND_UNSPECIFIED,
  uncertain: reading.doubtful,
});

function inboundInteraction(
  id: string,
  text: string,
  { ownAddress, clientId, contactInfo }: NonNullable<InboundMatch["addressee"]>,
  time: Date,
): RecordedInteraction {
  return {
    interaction: {
      id,
      contactId: "",
      direction: InteractionDirection.INTERACTION_DIRECTION_INBOUND,
      channel: Channel.CHANNEL_SMS,
      contactInfo,
      ownAddress,
      campaignGroupId: "",
      campaignGroupName: "",
      recordId: "",
      outcome: undefined,
      refusalReason: "",
      subject: "",
      text,
      startTime: time,
      endTime: time,
      zones: [],
    },
    clientId,
    firstName: "",
    lastName: "",
  };
}

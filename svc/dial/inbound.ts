/** Messages from phones: whose they are, whether they opt out, and that contacts hears of them; durable before they are acknowledged. */
import { Channel } from "../../gen/herald/common/v1/outcome.ts";
import { InteractionDirection } from "../../gen/herald/contacts/v1/contact.ts";
import type { RecordedInteraction } from "../../gen/herald/contacts/v1/interaction_service.ts";
import type { Database } from "../lib/db.ts";
import { newId } from "../lib/ids.ts";
import type { Now } from "../lib/time.ts";
import type { Events } from "./events.ts";
import { findAddressee } from "./open-store.ts";
import { isOptOut } from "./opt-out.ts";
import type { InboundSms } from "./smpp-provider.ts";
import type { Telling } from "./telling.ts";

export interface InboundDeps {
  db: Database;
  telling: Telling;
  events: Events;
  now: Now;
}

/** Keeps one message. START, HELP and everything else that does not opt out is recorded, and a person reads it. */
export async function receiveInbound({ db, telling, events, now }: InboundDeps, message: InboundSms): Promise<void> {
  const from = e164(message.from);
  const addressee = await findAddressee(db.everyTenant(), from, waysToWrite(message.to));
  if (!addressee) return events.inbound("stranger");
  const { tenantId } = addressee;
  const optsOut = isOptOut(message.text);
  await db.transaction(tenantId, (tx) =>
    telling.put(tx, tenantId, {
      interactions: [inboundInteraction(from, message.text, addressee, now())],
      optOuts: optsOut ? [from] : [],
    }),
  );
  telling.nudge();
  events.inbound(optsOut ? "opt_out" : "message");
}

/** Centres write international numbers with or without `+`; our attempts were to numbers with it. */
const e164 = (number: string) => (/^\d{7,15}$/.test(number) ? `+${number}` : number);

const waysToWrite = (own: string) => [own, own.replace(/^\+/, ""), `+${own.replace(/^\+/, "")}`];

function inboundInteraction(
  from: string,
  text: string,
  { ownAddress, clientId }: { ownAddress: string; clientId: string },
  time: Date,
): RecordedInteraction {
  return {
    interaction: {
      id: newId(),
      contactId: "",
      direction: InteractionDirection.INTERACTION_DIRECTION_INBOUND,
      channel: Channel.CHANNEL_SMS,
      contactInfo: from,
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
    },
    clientId,
    firstName: "",
    lastName: "",
  };
}

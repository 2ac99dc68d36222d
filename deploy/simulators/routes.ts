/** What the HTTP API offers, path by path. */
import type { Smsc, SmscSettings } from "./smsc.ts";
import { type ArrivedSms, deliverPdu, type InboundMessage } from "./smsc-message.ts";
import { type ArrivedEmail, readEmail, type SmtpInbox } from "./smtp-inbox.ts";
import type { Arrival, Arrivals } from "./arrivals.ts";
import { numberOf, BadRequestError, type Routes } from "./http-api.ts";
import { SMS_OUTCOMES } from "./sms-outcomes.ts";
import type { VoiceSimulator } from "./voice.ts";

const USUAL_LIMIT = 100;

export function routesOf({ inbox, smsc, voice }: { inbox: SmtpInbox; smsc: Smsc; voice: VoiceSimulator }): Routes {
  return {
    "GET /healthz": () => ({ status: "SERVING" }),
    "GET /counts": () => ({ email: emailCounts(inbox), sms: smsCounts(smsc), calls: callCounts(voice) }),
    ...arrivalRoutes<ArrivedEmail>("email", inbox.arrivals, readEmail),
    "GET /email/counts": () => emailCounts(inbox),
    "DELETE /email/messages": () => inbox.reset(),
    ...arrivalRoutes<ArrivedSms>("sms", smsc.arrivals, (sms) => sms),
    "GET /sms/counts": () => smsCounts(smsc),
    "DELETE /sms/messages": () => smsc.reset(),
    "GET /sms/settings": () => smsc.settings,
    "PUT /sms/settings": (_, body) => Object.assign(smsc.settings, readSettings(body)),
    "POST /sms/inbound": (_, body) => acknowledged(smsc.inbound(readInbound(body))),
    "POST /sms/deliver": (_, body) => acknowledged(smsc.deliver(readPdu(body))),
    "POST /sms/disconnect": () => smsc.disconnect(),
    ...arrivalRoutes("calls", voice.calls.arrivals, (call) => ({ ...call, ...voice.calls.status(call.id) })),
    "GET /calls/counts": () => callCounts(voice),
    "DELETE /calls/messages": () => voice.calls.reset(),
  };
}

function arrivalRoutes<Kept extends Arrival>(
  name: string,
  arrivals: Arrivals<Kept>,
  show: (arrival: Kept) => unknown,
): Routes {
  return {
    [`GET /${name}/messages`]: (query) => ({
      messages: arrivals
        .list({ to: query.get("to")?.toLowerCase(), limit: numberOf(query, "limit", USUAL_LIMIT) })
        .map(show),
    }),
    [`GET /${name}/recipients`]: () => ({ recipients: arrivals.recipients() }),
    [`GET /${name}/duplicates`]: () => ({ duplicates: arrivals.duplicates() }),
  };
}

const emailCounts = ({ arrivals, refused }: SmtpInbox) => ({
  ...arrivals.counts(),
  refused: Object.fromEntries(refused),
});
const smsCounts = ({ arrivals, refused, bound }: Smsc) => ({
  ...arrivals.counts(),
  refused: Object.fromEntries(refused),
  bound: bound(),
});
const callCounts = ({ calls }: VoiceSimulator) => ({ ...calls.arrivals.counts(), ...calls.counts() });

const INBOUND_WAIT_MS = 5_000;

/** Waits for the acknowledgement, so that a caller knows that the message was taken. */
async function acknowledged(delivered: Promise<void>): Promise<{ acknowledged: boolean }> {
  const late = new Promise<boolean>((resolve) => setTimeout(resolve, INBOUND_WAIT_MS, false).unref());
  return { acknowledged: await Promise.race([delivered.then(() => true), late]) };
}

function readInbound(body: unknown): InboundMessage {
  const { from, to, text, fromType = 0, toType = 0 } = body as Record<string, unknown>;
  const areTexts = typeof from === "string" && typeof to === "string" && typeof text === "string";
  if (areTexts && isCount(fromType) && isCount(toType))
    return { from, to, text, fromType: Number(fromType), toType: Number(toType) };
  throw new BadRequestError(
    'The body must be {"from": "+12025550101", "to": "12345", "text": "STOP"}; fromType and toType, the types of number, are 0 unless given.',
  );
}

function readPdu(body: unknown): Buffer {
  const { pdu } = body as Record<string, unknown>;
  const whole = typeof pdu === "string" && /^[0-9a-f]+$/i.test(pdu) ? deliverPdu(Buffer.from(pdu, "hex")) : undefined;
  if (whole) return whole;
  throw new BadRequestError('The body must be {"pdu": "…"}, a whole deliver_sm in hexadecimal.');
}

function readSettings(body: unknown): Partial<SmscSettings> {
  const given = body as Partial<SmscSettings>;
  for (const [name, value] of Object.entries(given)) {
    const right = CHECKS[name as keyof SmscSettings];
    if (!right) throw new BadRequestError(`There is no setting ${name}; there are ${Object.keys(CHECKS).join(", ")}.`);
    if (!right.fits(value)) throw new BadRequestError(`${name} must be ${right.words}.`);
  }
  return given;
}

const isCount = (value: unknown) => Number.isInteger(value) && (value as number) >= 0;
const isEndings = (value: unknown) =>
  typeof value === "object" &&
  value !== null &&
  Object.entries(value).every(
    ([ending, outcome]) => /^\d{1,8}$/.test(ending) && SMS_OUTCOMES.includes(outcome as never),
  );

const CHECKS: Record<keyof SmscSettings, { fits: (value: unknown) => boolean; words: string }> = {
  ratePerSecond: { fits: isCount, words: "a whole number, 0 for unlimited" },
  receiptDelayMs: { fits: isCount, words: "a whole number of milliseconds" },
  unanswered: { fits: isCount, words: "a whole number" },
  receiptIds: { fits: (value) => value === "same" || value === "decimal", words: "same or decimal" },
  endings: { fits: isEndings, words: `an object from 1 to 8 last digits to one of ${SMS_OUTCOMES.join(", ")}` },
};

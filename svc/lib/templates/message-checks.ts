/** Checks the texts and the sender of a message before it is stored or sent: those of campaigns and those of message templates alike. Pure. */
import { LONGEST_SENDER, readEmailSender } from "../devices/email-sender.ts";
import type { Checks } from "../request/validate.ts";

interface MessageTexts {
  subject: string;
  text: string;
  html: string;
}

/** Most characters of each text. */
const LONGEST_TEXT = { smsText: 2_000, subject: 500, emailText: 100_000, emailHtml: 500_000 };

const SMS_SENDER = /^(\+?\d{3,15}|[A-Za-z0-9 ]{1,11})$/;

/** Empty means the provider's default. */
export function checkSmsSender(check: Checks, field: string, from: string): void {
  check.that(
    from === "" || SMS_SENDER.test(from),
    field,
    "Must be a number (digits, + before it if it is E.164), or a name of up to 11 letters and digits.",
  );
}

/** Empty means the provider's default. */
export function checkEmailSender(check: Checks, field: string, from: string): void {
  check.that(
    from === "" || readEmailSender(from)?.address.split("@")[1]?.includes(".") === true,
    field,
    `Must be an email address, or a name and an address: \`Herald <news@example.com>\`; up to ${LONGEST_SENDER} characters, no line breaks.`,
  );
  check.shown(field, from);
  check.allSeen(field, from);
}

type FieldPath = (field: string) => string;

export function checkSmsTexts(check: Checks, at: FieldPath, { subject, text, html }: MessageTexts): void {
  check.that(subject === "", at("subject"), "An SMS has no subject; leave it out.");
  check.that(html === "", at("html"), "An SMS has no HTML part; leave it out.");
  check.shown(at("text"), text, { lines: true });
  length(check, at("text"), text, { least: 1, most: LONGEST_TEXT.smsText });
}

export function checkEmailTexts(check: Checks, at: FieldPath, { subject, text, html }: MessageTexts): void {
  check.shown(at("subject"), subject);
  check.allSeen(at("subject"), subject);
  length(check, at("subject"), subject, { least: 1, most: LONGEST_TEXT.subject });
  length(check, at("text"), text, { least: 0, most: LONGEST_TEXT.emailText });
  check.shown(at("text"), text, { lines: true });
  check.shown(at("html"), html, { lines: true });
  length(check, at("html"), html, { least: 0, most: LONGEST_TEXT.emailHtml });
  check.that(text.trim() !== "" || html.trim() !== "", at("text"), "An email needs text, html or both.");
}

function length(check: Checks, field: string, source: string, { least, most }: { least: number; most: number }): void {
  check.that(least === 0 || source.trim() !== "", field, "Required.");
  check.that(source.length <= most, field, `Must have at most ${most} characters; it has ${source.length}.`);
}

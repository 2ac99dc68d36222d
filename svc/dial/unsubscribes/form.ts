/** Reads the form that the page, or a mail program, sends. Pure. */
import type { HttpBody } from "../../../gen/google/api/httpbody.ts";
import { CHOICES } from "./page.ts";

/** `one-click`: nothing was chosen, a mail program unsubscribes (RFC 8058). */
export type Choice = keyof typeof CHOICES | "one-click";

const FORM = /^application\/x-www-form-urlencoded\b/i;
/** The page's own form is a tenth of this. */
const LONGEST_FORM = 1_000;

/** A person who says no in a form that we do not know says no all the same. */
export function readChoice(form: HttpBody | undefined): Choice {
  if (!form || !FORM.test(form.contentType) || form.data.length > LONGEST_FORM) return "one-click";
  const choice = new URLSearchParams(Buffer.from(form.data).toString("utf8")).get("choice");
  return Object.values(CHOICES).find((one) => one === choice) ?? "one-click";
}

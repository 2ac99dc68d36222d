/** Emails in the form in which they are stored, and in the form in which they are compared. */
import type { Checks } from "../../lib/request/validate.ts";

const LONGEST_EMAIL = 254;
const LOOKS_RIGHT =
  /^[^\s@<>()[\]\\,;:"]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)*[\p{L}\p{N}-]{2,63}$/u;

/** An email as it is stored: trimmed. */
export function checkEmail(check: Checks, field: string, value: string): string {
  const email = value.trim();
  const isRight = email.length <= LONGEST_EMAIL && LOOKS_RIGHT.test(email);
  check.that(
    isRight,
    field,
    email === "" ? "An email is required." : "Must be an email address such as ada@example.com.",
  );
  return email;
}

/**
 * An email as it is compared: without case. This is the only place that decides it. If the database folded case differently, one account
 * could be written in two ways, and each would have its own count of wrong passwords.
 */
export const emailKey = (email: string): string => email.trim().normalize("NFC").toLowerCase();

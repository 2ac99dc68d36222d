/** Tries a mail server. */
import { type SmtpAccount, SmtpTls } from "../../../../gen/herald/dial/v1/provider.ts";
import { readSender } from "../../email/email.ts";
import { SmtpLink } from "../../email/smtp-connection.ts";
import { SmtpOpeningError, type SmtpOpeningStep } from "../../email/smtp-opening.ts";
import { smtpServerOf } from "../connection-settings.ts";
import type { TestSteps } from "./test-steps.ts";
import { faultOf, OFF, PASSED, STEP, targetOf, type TestWay } from "./test-target.ts";
import { type Finding, findingOf, isTlsFault, type TestTarget } from "./test-words.ts";

export async function trySmtp(
  steps: TestSteps,
  smtp: SmtpAccount,
  sender: string,
  { fence, signal }: TestWay,
): Promise<void> {
  const reached = new Set<SmtpOpeningStep>();
  const note = (step: SmtpOpeningStep) => {
    reached.add(step);
    steps.pass(STEP[step], PASSED[step]);
  };
  try {
    const link = await SmtpLink.open({ ...smtpServerOf(smtp, fence), signal }, note);
    if (!reached.has("tls")) steps.skip(STEP.tls, smtp.tls === SmtpTls.SMTP_TLS_OFF ? OFF : NOT_OFFERED);
    if (!reached.has("credentials")) steps.skip(STEP.credentials, "No user is set, so the server was asked for none.");
    await trySender(steps, link, smtp.envelopeSender || (readSender(sender)?.address ?? ""));
    await link.quit();
  } catch (error) {
    failSmtp(
      steps,
      reached,
      error instanceof SmtpOpeningError ? error : new SmtpOpeningError("", { fault: faultOf(error) }),
      smtp,
    );
  }
}

const NOT_OFFERED = "The server offers no TLS, so messages go in the clear. Require TLS if it should offer it.";

function failSmtp(
  steps: TestSteps,
  reached: ReadonlySet<SmtpOpeningStep>,
  { fault, reply, isSignIn }: SmtpOpeningError,
  smtp: SmtpAccount,
): void {
  const target = targetOf({ $case: "smtp", smtp });
  const ofFault = (otherwise: Finding) => (fault === "" ? otherwise : findingOf(fault, target));
  const isEncrypted = reached.has("tls");
  const isTls = [SmtpTls.SMTP_TLS_REQUIRED, SmtpTls.SMTP_TLS_IMPLICIT].includes(smtp.tls as 1) && !isEncrypted;
  if (isTlsFault(fault) || (reached.has("connection") && isTls))
    return steps.fail(STEP.tls, ofFault(notOffered(target, reply)));
  if (fault === "" && reply === "") return steps.fail(STEP.tls, WOULD_BE_SEEN);
  if (isSignIn) return steps.fail(STEP.credentials, ofFault(signInRefused(reply)));
  steps.fail(STEP.connection, ofFault(notWelcome(reply)));
}

const notOffered = ({ port }: TestTarget, reply: string): Finding => ({
  explanation: `The server offers no TLS on port ${port} (${reply}).`,
  remedy: "Try SMTP_TLS_IMPLICIT on port 465; or allow messages in the clear with SMTP_TLS_OFFERED.",
});
const WOULD_BE_SEEN: Finding = {
  explanation: "The server offers no TLS, and the password is not sent in the clear.",
  remedy: "Use a port on which it offers TLS; SMTP_TLS_OFF would send the password in the clear.",
};
const signInRefused = (reply: string): Finding => ({
  explanation: `The server refuses user and password (${reply}).`,
  remedy: "Check both; some servers want a password made for programs, not that of the person.",
});
const notWelcome = (reply: string): Finding => ({
  explanation: `The server greets us with ${reply}.`,
  remedy: "Ask its operator whether this platform's address is admitted.",
});

async function trySender(steps: TestSteps, link: SmtpLink, address: string): Promise<void> {
  if (address === "")
    return steps.skip(
      STEP.sender,
      "No default sender is set, so each campaign has to name one. Name a sender to try it.",
    );
  const refusal = await link.refusalOf(address);
  if (refusal === undefined) return steps.pass(STEP.sender, "The server takes messages from this sender.");
  steps.fail(STEP.sender, {
    explanation: `The server refuses the sender (${refusal}).`,
    remedy: "Use a sender that this account may use, or have the server's operator allow it.",
  });
}

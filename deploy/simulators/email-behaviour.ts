/** How a recipient misbehaves, by the beginning of its local part: `bounce+anna@…`. Others take every message. */

/** What the inbox answers at a step of the SMTP dialogue. */
export interface SmtpReply {
  code: number;
  text: string;
}

export interface Behaviour {
  /** Refusal of RCPT TO. */
  recipient?: SmtpReply;
  /** Refusal after the message was sent. */
  message?: SmtpReply;
  /** Answers the message late. */
  slow?: boolean;
  /** Takes the message and breaks the connection instead of answering. */
  cut?: boolean;
}

const OBEDIENT: Behaviour = {};

/** The behaviour of one recipient. `seenBefore` says whether the address was tried before, which greylisting needs. */
export function behaviourOf(address: string, seenBefore: () => boolean): Behaviour {
  const plus = address.indexOf("+");
  if (plus < 1) return OBEDIENT;
  switch (address.slice(0, plus).toLowerCase()) {
    case "bounce":
      return { recipient: { code: 550, text: "5.1.1 No such user here" } };
    case "defer":
      return seenBefore() ? OBEDIENT : { recipient: { code: 451, text: "4.7.1 Greylisted, try again later" } };
    case "full":
      return { recipient: { code: 452, text: "4.2.2 Mailbox full" } };
    case "reject":
      return { message: { code: 554, text: "5.7.1 Message refused by policy" } };
    case "slow":
      return { slow: true };
    case "cut":
      return { cut: true };
    default:
      return OBEDIENT;
  }
}

/** Whose a message from a phone is, and for whom an opt-out holds. Pure. */
import { mayBeSame, type SenderName } from "../senders/senders.ts";

/** That a tenant wrote to the number: its last attempt from one of its own addresses. */
export interface Conversation {
  tenantId: string;
  contactInfo: string;
  ownAddress: string;
  /** Empty own addresses have none: the provider chose. */
  sender: SenderName | undefined;
  clientId: string;
  time: Date;
}

export interface InboundMatch {
  /** Whose it is; undefined when that is not known. */
  addressee: Pick<Conversation, "tenantId" | "ownAddress" | "clientId" | "contactInfo"> | undefined;
  /** Tenants for which an opt-out holds, each with the numbers that it holds for. */
  optOuts: { tenantId: string; numbers: string[] }[];
}

export interface InboundFacts {
  /** The number that the message was sent to. */
  to: SenderName | undefined;
  /** Who has ever used that number, as they wrote it. */
  users: readonly { tenantId: string; sender: SenderName }[];
  /** What may be the sender's number, the likeliest first. */
  readings: readonly string[];
  conversations: readonly Conversation[];
}

/**
 * A message is of whoever last wrote to the number from there, where several numbers end alike from that very one; else of the number's only user; else, where nobody is known by that
 * number, of whoever last wrote and let the provider choose the sender.
 *
 * An opt-out holds for all who have ever used the number, and for those whose sender the person cannot have told from it: who wrote
 * and let the provider choose. Where that is nobody, it holds for every tenant that ever wrote to the person.
 */
export function matchInbound({ to, users, readings, conversations }: InboundFacts): InboundMatch {
  const fromThere = conversations.filter(({ sender }) => sender && to && mayBeSame(sender, to));
  const fromUnknown = conversations.filter(({ ownAddress }) => ownAddress === "");
  const tenants = new Set([...users, ...fromThere, ...fromUnknown].map(({ tenantId }) => tenantId));
  const holding = tenants.size > 0 ? [...tenants] : [...new Set(conversations.map(({ tenantId }) => tenantId))];
  const known = [...new Set(conversations.map(({ contactInfo }) => contactInfo))];
  const numbers = known.length > 0 ? known : [...readings];
  return {
    addressee:
      latest(likeliest(fromThere, to)) ??
      onlyUser(likeliest(users, to), to, numbers) ??
      (users.length === 0 ? latest(fromUnknown) : undefined),
    optOuts: numbers.length > 0 ? holding.map((tenantId) => ({ tenantId, numbers })) : [],
  };
}

const latest = (conversations: readonly Conversation[]): Conversation | undefined =>
  conversations.toSorted((a, b) => b.time.getTime() - a.time.getTime())[0];

/** Those of the very number, if there are any: what another writes to or from a number that ends alike is not for them to read. */
function likeliest<T extends { sender: SenderName | undefined }>(
  all: readonly T[],
  to: SenderName | undefined,
): readonly T[] {
  const exact = all.filter(({ sender }) => sender && to && sender.kind === to.kind && sender.address === to.address);
  return exact.length > 0 ? exact : all;
}

function onlyUser(users: InboundFacts["users"], to: SenderName | undefined, numbers: readonly string[]) {
  const [tenantId, ...others] = new Set(users.map((user) => user.tenantId));
  const [contactInfo] = numbers;
  if (tenantId === undefined || others.length > 0 || !to || contactInfo === undefined) return undefined;
  return { tenantId, ownAddress: to.address, clientId: "", contactInfo };
}

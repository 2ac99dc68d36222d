/** Decides to whom a message from a phone belongs, and for whom an opt-out holds. Pure. */
import { mayBeSame, type SenderName } from "../senders/senders.ts";

/** A tenant wrote to the number: its last attempt from one of its own addresses. */
export interface Conversation {
  tenantId: string;
  contactInfo: string;
  ownAddress: string;
  /** Missing when the own address is empty, because the provider chose it. */
  sender: SenderName | undefined;
  clientId: string;
  time: Date;
  attemptId: string;
  /** Empty for the tenant's usual program. */
  programId: string;
}

export interface InboundMatch {
  /** To whom it belongs; undefined when that is not known. */
  addressee: Pick<Conversation, "tenantId" | "ownAddress" | "clientId" | "contactInfo" | "programId"> | undefined;
  /** Tenants for which an opt-out holds, each with what it wrote last to this phone. */
  optOuts: Concerned[];
  /** The numbers that the phone may have; none for a name or a short code. */
  numbers: string[];
}

/** A tenant for which an opt-out holds. */
export interface Concerned extends Pick<Conversation, "tenantId" | "clientId" | "attemptId" | "programId"> {
  /** The numbers concerned, the most likely first. */
  numbers: string[];
}

export interface InboundFacts {
  /** The number that the message was sent to. */
  to: SenderName | undefined;
  /** Tenants that have ever used that number, in the form in which they wrote it. */
  users: readonly { tenantId: string; sender: SenderName }[];
  /** Possible numbers of the sender, the most likely first. */
  readings: readonly string[];
  conversations: readonly Conversation[];
  /** The tenant whose own message centre it came from. The other facts are of this tenant then. */
  ownerId?: string | undefined;
}

/**
 * A message belongs to the tenant that last wrote to this phone from the number that was answered (if several numbers end alike, from
 * exactly this one); or else to the number's only user; or else, if nobody has used the number, to the tenant that last wrote to this
 * phone and let the provider choose the sender.
 *
 * An opt-out holds for all who have ever used the number. It also holds for those who wrote and let the provider choose the sender,
 * since the person cannot tell them apart. If that is nobody, it holds for every tenant that ever wrote to the person.
 */
export function matchInbound({ to, users, readings, conversations, ownerId }: InboundFacts): InboundMatch {
  const fromThere = conversations.filter(({ sender }) => sender && to && mayBeSame(sender, to));
  const fromUnknown = conversations.filter(({ ownAddress }) => ownAddress === "");
  const tenants = new Set([...users, ...fromThere, ...fromUnknown].map(({ tenantId }) => tenantId));
  if (ownerId !== undefined) tenants.add(ownerId);
  const holding = tenants.size > 0 ? [...tenants] : [...new Set(conversations.map(({ tenantId }) => tenantId))];
  const known = [...new Set(conversations.map(({ contactInfo }) => contactInfo))];
  const numbers = known.length > 0 ? known : [...readings];
  return {
    addressee:
      latest(likeliest(fromThere, to)) ??
      onlyUser(likeliest(users, to), to, numbers) ??
      (users.length === 0 ? latest(fromUnknown) : undefined) ??
      ownersOf(ownerId, to, numbers),
    numbers,
    optOuts:
      numbers.length > 0
        ? holding.map((tenantId) => ({ numbers, ...concerned(tenantId, fromThere, conversations) }))
        : [],
  };
}

/** What a tenant wrote last to this phone, from the number that was answered if it ever did. */
function concerned(
  tenantId: string,
  fromThere: readonly Conversation[],
  conversations: readonly Conversation[],
): Omit<Concerned, "numbers"> {
  const of = (all: readonly Conversation[]) => latest(all.filter((one) => one.tenantId === tenantId));
  const last = of(fromThere) ?? of(conversations);
  const clientId = last?.clientId || (of(conversations.filter((one) => one.clientId !== ""))?.clientId ?? "");
  return { tenantId, clientId, attemptId: last?.attemptId ?? "", programId: last?.programId ?? "" };
}

/** A stranger who writes to a tenant's own message centre. */
function ownersOf(tenantId: string | undefined, to: SenderName | undefined, [contactInfo]: readonly string[]) {
  if (tenantId === undefined || contactInfo === undefined) return undefined;
  return { tenantId, ownAddress: to?.address ?? "", clientId: "", contactInfo, programId: "" };
}

const latest = (conversations: readonly Conversation[]): Conversation | undefined =>
  conversations.toSorted((a, b) => b.time.getTime() - a.time.getTime())[0];

/** Only the exact number's, if there are any: a tenant must not read messages to or from another number that ends alike. */
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
  return { tenantId, ownAddress: to.address, clientId: "", contactInfo, programId: "" };
}

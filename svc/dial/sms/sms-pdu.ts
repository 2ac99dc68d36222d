/** Writes an SMS attempt as submit_sm. Pure. */
import { type MessageFields, UDH_INDICATOR } from "../../lib/smpp/pdu.ts";
import type { Attempt } from "../attempts/attempt.ts";
import { encodeSms, partHeader } from "./sms-encoding.ts";

export interface SubmitOptions {
  /** Send the attempt's id along, in a TLV. */
  attemptTlv: boolean;
  validityHours: number;
  /** Types of number and numbering plans that replace those which follow from the form of an address. */
  addressTypes?: AddressTypes | undefined;
}

/** As SMPP 3.4 numbers them; undefined means by the form of the address. */
export interface AddressTypes {
  sourceTon: number | undefined;
  sourceNpi: number | undefined;
  destinationTon: number | undefined;
  destinationNpi: number | undefined;
}

/** One submit_sm for each part. Only the last asks for a receipt, which stands for the whole message. */
export function submitsOf(
  attempt: Attempt,
  { attemptTlv, validityHours, addressTypes }: SubmitOptions,
): Partial<MessageFields>[] {
  const { dataCoding, parts } = encodeSms(attempt.message?.text ?? "");
  const reference = Number.parseInt(attempt.id.slice(-2), 16);
  return parts.map((octets, i) => ({
    ...sourceOf(attempt.ownAddress),
    ...destinationOf(attempt.contactInfo),
    ...(addressTypes && chosenTypes(addressTypes)),
    data_coding: dataCoding,
    registered_delivery: i === parts.length - 1 ? 1 : 0,
    validity_period: validityPeriod(validityHours),
    ...(parts.length === 1
      ? { short_message: octets }
      : {
          esm_class: UDH_INDICATOR,
          short_message: Buffer.concat([partHeader(reference, i + 1, parts.length), octets]),
        }),
    ...(attemptTlv && { herald_attempt_id: attempt.id }),
  }));
}

function chosenTypes(types: AddressTypes): Partial<MessageFields> {
  const fields = {
    source_addr_ton: types.sourceTon,
    source_addr_npi: types.sourceNpi,
    dest_addr_ton: types.destinationTon,
    dest_addr_npi: types.destinationNpi,
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** International (+…) or national number, short code, or name; types as SMPP 3.4 numbers them. */
export function sourceOf(own: string): Partial<MessageFields> {
  if (own === "") return { source_addr_ton: 0, source_addr_npi: 0, source_addr: "" };
  if (/^\+\d{5,15}$/.test(own)) return { source_addr_ton: 1, source_addr_npi: 1, source_addr: own.slice(1) };
  if (/^\d{3,8}$/.test(own)) return { source_addr_ton: 3, source_addr_npi: 0, source_addr: own };
  if (/^\d+$/.test(own)) return { source_addr_ton: 0, source_addr_npi: 1, source_addr: own };
  return { source_addr_ton: 5, source_addr_npi: 0, source_addr: own.slice(0, 11) };
}

const destinationOf = (to: string): Partial<MessageFields> => ({
  dest_addr_ton: 1,
  dest_addr_npi: 1,
  destination_addr: to.replace(/^\+/, ""),
});

/** A time in SMPP's relative form: YYMMDDhhmmsstnnR. */
function validityPeriod(hours: number): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `0000${two(Math.floor(hours / 24))}${two(hours % 24)}0000000R`;
}

/** A deliver_sm as another message centre sent it: its fields, so that it can be sent again with a sequence number of ours. */
import smpp, { type PduFields } from "smpp";

/** Its octets stay as they are: the package would read them by the low four bits of data_coding. */
const { encode } = smpp.filters.message;
smpp.commands.deliver_sm.params.short_message.filter = { encode, decode: (octets) => octets };
const { decode } = smpp.filters.message;
smpp.tlvs.message_payload.filter = {
  encode,
  decode(octets, skipHeader) {
    return this.command === "deliver_sm" ? octets : decode.call(this, octets, skipHeader);
  },
};

const OF_THE_HEADER = new Set(["command", "command_id", "command_length", "command_status", "sequence_number"]);

/** The fields of a whole deliver_sm; undefined when the octets are none. */
export function deliverFields(octets: Buffer): PduFields | undefined {
  try {
    const pdu = smpp.PDU.fromBuffer(octets);
    if (!pdu || pdu.command !== "deliver_sm") return undefined;
    return Object.fromEntries(Object.entries(pdu).filter(([name]) => !OF_THE_HEADER.has(name)));
  } catch {
    return undefined; // cut off in the middle
  }
}

/** Splits the bytes of a connection into PDUs. */
import { MOST_OCTETS } from "./fields.ts";
import { HEADER_OCTETS, type Pdu } from "./pdu.ts";

const LENGTH_OCTETS = 4;

export class PduReader {
  #held: Buffer[] = [];
  #heldOctets = 0;
  /** From so many octets on there may be a PDU to read. */
  #needed = LENGTH_OCTETS;
  /** Set when the bytes are no SMPP, since nobody can tell where the next PDU would begin. */
  fault: RangeError | undefined;

  /** The PDUs that are complete now. */
  read(octets: Buffer): Pdu[] {
    this.#held.push(octets);
    this.#heldOctets += octets.length;
    if (this.#heldOctets < this.#needed) return [];
    const all = this.#held.length === 1 ? octets : Buffer.concat(this.#held);
    const pdus: Pdu[] = [];
    let at = 0;
    while (!this.fault) {
      const left = all.length - at;
      this.#needed = left < LENGTH_OCTETS ? LENGTH_OCTETS : this.#checkedLength(all.readUInt32BE(at));
      if (left < this.#needed) break;
      pdus.push(pduOf(all.subarray(at, (at += this.#needed))));
    }
    this.#held = at < all.length ? [all.subarray(at)] : [];
    this.#heldOctets = all.length - at;
    return pdus;
  }

  #checkedLength(length: number): number {
    if (length >= HEADER_OCTETS && length <= MOST_OCTETS) return length;
    this.fault = new RangeError(`No unit of SMPP has ${length} octets.`);
    return Infinity;
  }
}

const pduOf = (octets: Buffer): Pdu => ({
  command: octets.readUInt32BE(4),
  status: octets.readUInt32BE(8),
  sequence: octets.readUInt32BE(12),
  body: octets.subarray(HEADER_OCTETS),
});

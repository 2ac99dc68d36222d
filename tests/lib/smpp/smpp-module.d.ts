/** The parts of npm `smpp` that tests hold our own SMPP against; the package brings no types of its own. */
declare module "smpp" {
  import type { EventEmitter } from "node:events";

  /** A protocol data unit: its header, and its fields and TLVs by their names in the specification. */
  export interface Pdu {
    readonly command: string;
    readonly command_status: number;
    readonly sequence_number: number;
    readonly system_id?: string;
    readonly password?: string;
    readonly source_addr?: string;
    readonly destination_addr?: string;
    readonly esm_class?: number;
    readonly short_message?: unknown;
    readonly message_payload?: unknown;
    readonly message_id?: string;
    readonly receipted_message_id?: string;
    response(fields?: PduFields): Pdu;
    toBuffer(): Buffer;
  }

  export type PduFields = Record<string, unknown>;
  export type Send = (fields: PduFields, answered?: (response: Pdu) => void) => boolean;

  export interface Session extends EventEmitter {
    bind_transceiver: Send;
    submit_sm: Send;
    send(pdu: Pdu): boolean;
    destroy(closed?: () => void): void;
  }

  interface Encoding {
    match(text: string): boolean;
    encode(text: string): Buffer;
  }

  const smpp: {
    connect(options: { host: string; port: number }): Session;
    addTLV(name: string, options: { id: number; type: unknown }): void;
    readonly types: { readonly tlv: { readonly string: unknown } };
    readonly PDU: {
      new (command: string, fields: PduFields): Pdu;
      fromBuffer(octets: Buffer): Pdu | false;
    };
    /** ASCII is that of GSM. */
    readonly encodings: { readonly ASCII: Encoding };
    /** Status codes, as ESME_RTHROTTLED. */
    readonly errors: Readonly<Record<string, number>>;
  };
  export default smpp;
}

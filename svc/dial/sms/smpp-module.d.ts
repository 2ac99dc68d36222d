/** The parts of npm `smpp` that Herald uses; the package brings no types of its own. */
declare module "smpp" {
  import type { EventEmitter } from "node:events";
  import type { Server as NetServer, Socket } from "node:net";

  /** A text, or its octets; with a user data header for one part of several. */
  export type ShortMessage = string | Buffer | { udh?: Buffer | readonly Buffer[]; message: string | Buffer };

  /** A protocol data unit: its header, and its fields and TLVs by their names in the specification. */
  export interface Pdu {
    readonly command: string;
    readonly command_status: number;
    readonly sequence_number: number;
    readonly system_id?: string;
    readonly password?: string;
    readonly source_addr?: string;
    readonly source_addr_ton?: number;
    readonly destination_addr?: string;
    readonly dest_addr_ton?: number;
    readonly esm_class?: number;
    readonly data_coding?: number;
    readonly registered_delivery?: number;
    readonly short_message?: ShortMessage;
    readonly message_payload?: ShortMessage;
    readonly message_id?: string;
    readonly receipted_message_id?: string;
    readonly message_state?: number;
    readonly sar_msg_ref_num?: number;
    readonly sar_total_segments?: number;
    readonly sar_segment_seqnum?: number;
    response(fields?: PduFields): Pdu;
    isResponse(): boolean;
  }

  export type PduFields = Record<string, unknown>;
  export type Send = (fields: PduFields, answered?: (response: Pdu) => void) => boolean;

  export interface Session extends EventEmitter {
    readonly socket: Socket;
    bind_transceiver: Send;
    submit_sm: Send;
    deliver_sm: Send;
    enquire_link: Send;
    unbind: Send;
    send(pdu: Pdu): boolean;
    close(closed?: () => void): void;
    destroy(closed?: () => void): void;
  }

  export interface Server extends NetServer {
    readonly sessions: Session[];
  }

  /** How a field travels; `this` is the unit that it belongs to. */
  export interface Filter {
    encode(this: Pdu, value: unknown): unknown;
    decode(this: Pdu, value: unknown, skipHeader?: boolean): unknown;
  }

  const smpp: {
    connect(options: { host: string; port: number; tls?: boolean; servername?: string }): Session;
    createServer(listener: (session: Session) => void): Server;
    addTLV(name: string, options: { id: number; type: unknown }): void;
    readonly types: { readonly tlv: { readonly string: unknown } };
    readonly PDU: { fromBuffer(octets: Buffer): Pdu | false };
    readonly filters: { readonly message: Filter };
    readonly commands: { readonly deliver_sm: { readonly params: { readonly short_message: { filter: Filter } } } };
    readonly tlvs: { readonly message_payload: { filter: Filter } };
    /** Which alphabet a text needs: `ASCII` for that of GSM, `LATIN1`, `UCS2`. */
    readonly encodings: { detect(text: string): string };
    /** Status codes, as ESME_RTHROTTLED. */
    readonly errors: Readonly<Record<string, number>>;
  };
  export default smpp;
}

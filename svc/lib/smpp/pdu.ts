/** SMPP 3.4 as octets: only the PDUs that Herald exchanges with message centres. Pure. */
import { FieldReader, FieldWriter } from "./fields.ts";

/** The requests. */
export const COMMAND = {
  bindReceiver: 0x01,
  bindTransmitter: 0x02,
  submit: 0x04,
  deliver: 0x05,
  unbind: 0x06,
  bindTransceiver: 0x09,
  enquire: 0x15,
} as const;
/** Added to a request's command, it makes the command of its response. */
export const RESPONSE = 0x80000000;
/** The answer to a PDU that is not a known request. */
export const GENERIC_NACK = 0x80000000;

/** Command statuses. */
export const STATUS = {
  ESME_ROK: 0x00,
  ESME_RINVCMDID: 0x03,
  ESME_RINVBNDSTS: 0x04,
  ESME_RSYSERR: 0x08,
  ESME_RINVSRCADR: 0x0a,
  ESME_RINVDSTADR: 0x0b,
  ESME_RBINDFAIL: 0x0d,
  ESME_RINVPASWD: 0x0e,
  ESME_RINVSYSID: 0x0f,
  ESME_RMSGQFUL: 0x14,
  ESME_RSUBMITFAIL: 0x45,
  ESME_RINVSRCTON: 0x48,
  ESME_RINVSRCNPI: 0x49,
  ESME_RINVDSTTON: 0x50,
  ESME_RINVDSTNPI: 0x51,
  ESME_RTHROTTLED: 0x58,
  ESME_RX_T_APPN: 0x64,
  ESME_RUNKNOWNERR: 0xff,
} as const;

/** A protocol data unit whose body has not been read. */
export interface Pdu {
  command: number;
  status: number;
  sequence: number;
  body: Buffer;
}

export const HEADER_OCTETS = 16;

/** Shared by all, since a PDU is written in one go. */
const writer = new FieldWriter();

/** Writes a PDU whose body is `texts`, each with its NUL, and then `octets`. Its sequence number is set when it is sent. */
export function writePdu(
  command: number,
  {
    status = 0,
    texts = [],
    octets = [],
  }: { status?: number; texts?: readonly string[]; octets?: readonly number[] } = {},
): Buffer {
  writer.begin(HEADER_OCTETS);
  for (const text of texts) writer.text(text);
  for (const octet of octets) writer.octet(octet);
  return withHeader(writer.end(), command, status);
}

/** Writes a PDU with a finished body. */
export const writeRaw = (command: number, body: Buffer): Buffer =>
  withHeader(Buffer.concat([Buffer.alloc(HEADER_OCTETS), body]), command, 0);

function withHeader(pdu: Buffer, command: number, status: number): Buffer {
  pdu.writeUInt32BE(pdu.length, 0);
  pdu.writeUInt32BE(command, 4);
  pdu.writeUInt32BE(status, 8);
  pdu.writeUInt32BE(0, 12);
  return pdu;
}

export const setSequence = (pdu: Buffer, sequence: number): void => void pdu.writeUInt32BE(sequence, 12);

/** The credentials of a bind of any kind. */
export const writeBind = (command: number, who: { systemId: string; password: string; systemType: string }): Buffer =>
  // interface_version 3.4; addresses of any type, numbering plan and range
  writePdu(command, { texts: [who.systemId, who.password, who.systemType], octets: [0x34, 0, 0, 0] });

/** The text at the beginning of a body: the message_id of a submit_sm_resp. */
export const readText = (body: Buffer): string => new FieldReader(body).text();

export function readBind(body: Buffer): { systemId: string; password: string } {
  const fields = new FieldReader(body);
  return { systemId: fields.text(), password: fields.text() };
}

/** The fields of submit_sm and deliver_sm that matter here, by their names in the specification. The others have their defaults. */
export interface MessageFields {
  source_addr_ton: number;
  source_addr_npi: number;
  source_addr: string;
  dest_addr_ton: number;
  dest_addr_npi: number;
  destination_addr: string;
  esm_class: number;
  validity_period: string;
  registered_delivery: number;
  data_coding: number;
  /** The text, with a user data header if `esm_class` says so. A text that is too long for short_message, or comes as message_payload, is here too. */
  short_message: Buffer;
  receipted_message_id?: string | undefined;
  message_state?: number | undefined;
  sar_msg_ref_num?: number | undefined;
  sar_total_segments?: number | undefined;
  sar_segment_seqnum?: number | undefined;
  /** The attempt's id in a vendor-specific parameter, for centres that keep it. */
  herald_attempt_id?: string | undefined;
}

/** In `esm_class`: the message begins with a user data header. */
export const UDH_INDICATOR = 0x40;
/** In `esm_class`: a delivery receipt. */
export const RECEIPT = 0x04;

const TLV = {
  receipted_message_id: 0x001e,
  sar_msg_ref_num: 0x020c,
  sar_total_segments: 0x020e,
  sar_segment_seqnum: 0x020f,
  message_payload: 0x0424,
  message_state: 0x0427,
  herald_attempt_id: 0x1501,
} as const;

/** The longest text that sm_length allows. */
const SHORT_OCTETS = 254;
const NOTHING = Buffer.alloc(0);

/** Writes a submit_sm or deliver_sm. Fields that are not given are 0 or empty. */
export function writeMessage(command: number, fields: Partial<MessageFields>): Buffer {
  const { short_message: octets = NOTHING } = fields;
  const isShort = octets.length <= SHORT_OCTETS;
  writer.begin(HEADER_OCTETS);
  writer.octet(0); // service_type
  writer.octet(fields.source_addr_ton ?? 0);
  writer.octet(fields.source_addr_npi ?? 0);
  writer.text(fields.source_addr ?? "");
  writer.octet(fields.dest_addr_ton ?? 0);
  writer.octet(fields.dest_addr_npi ?? 0);
  writer.text(fields.destination_addr ?? "");
  writer.octet(fields.esm_class ?? 0);
  writer.octet(0); // protocol_id
  writer.octet(0); // priority_flag
  writer.octet(0); // schedule_delivery_time
  writer.text(fields.validity_period ?? "");
  writer.octet(fields.registered_delivery ?? 0);
  writer.octet(0); // replace_if_present_flag
  writer.octet(fields.data_coding ?? 0);
  writer.octet(0); // sm_default_msg_id
  writer.octet(isShort ? octets.length : 0);
  if (!isShort) writeTlv(TLV.message_payload, octets.length);
  writer.octets(octets);
  writeParameters(fields);
  return withHeader(writer.end(), command, 0);
}

function writeParameters(fields: Partial<MessageFields>): void {
  if (fields.receipted_message_id !== undefined) {
    writeTlv(TLV.receipted_message_id, fields.receipted_message_id.length + 1);
    writer.text(fields.receipted_message_id);
  }
  if (fields.message_state !== undefined) writeNumber(TLV.message_state, 1, fields.message_state);
  if (fields.sar_msg_ref_num !== undefined) writeNumber(TLV.sar_msg_ref_num, 2, fields.sar_msg_ref_num);
  if (fields.sar_total_segments !== undefined) writeNumber(TLV.sar_total_segments, 1, fields.sar_total_segments);
  if (fields.sar_segment_seqnum !== undefined) writeNumber(TLV.sar_segment_seqnum, 1, fields.sar_segment_seqnum);
  if (fields.herald_attempt_id !== undefined) {
    writeTlv(TLV.herald_attempt_id, fields.herald_attempt_id.length);
    writer.octets(Buffer.from(fields.herald_attempt_id, "latin1"));
  }
}

function writeTlv(tag: number, length: number): void {
  writer.wide(tag);
  writer.wide(length);
}

function writeNumber(tag: number, length: 1 | 2, value: number): void {
  writeTlv(tag, length);
  if (length === 2) writer.wide(value);
  else writer.octet(value);
}

/** Reads the body of a submit_sm or deliver_sm. Fields that are cut off are 0 or empty. */
export function readMessage(body: Buffer): MessageFields {
  const fields = new FieldReader(body);
  fields.text(); // service_type
  const source = { source_addr_ton: fields.octet(), source_addr_npi: fields.octet(), source_addr: fields.text() };
  const destination = {
    dest_addr_ton: fields.octet(),
    dest_addr_npi: fields.octet(),
    destination_addr: fields.text(),
  };
  const esm_class = fields.octet();
  fields.octet(); // protocol_id
  fields.octet(); // priority_flag
  fields.text(); // schedule_delivery_time
  const validity_period = fields.text();
  const registered_delivery = fields.octet();
  fields.octet(); // replace_if_present_flag
  const data_coding = fields.octet();
  fields.octet(); // sm_default_msg_id
  const message: MessageFields = {
    ...source,
    ...destination,
    ...{ esm_class, validity_period, registered_delivery, data_coding },
    short_message: fields.octets(fields.octet()),
  };
  while (fields.left >= 4) readParameter(message, fields.wide(), fields.octets(fields.wide()));
  return message;
}

function readParameter(message: MessageFields, tag: number, value: Buffer): void {
  switch (tag) {
    case TLV.message_payload:
      if (message.short_message.length === 0) message.short_message = value;
      return;
    case TLV.receipted_message_id:
      message.receipted_message_id = readText(value);
      return;
    case TLV.herald_attempt_id:
      message.herald_attempt_id = value.toString("latin1");
      return;
    case TLV.message_state:
      message.message_state = numberOf(value);
      return;
    case TLV.sar_msg_ref_num:
      message.sar_msg_ref_num = numberOf(value);
      return;
    case TLV.sar_total_segments:
      message.sar_total_segments = numberOf(value);
      return;
    case TLV.sar_segment_seqnum:
      message.sar_segment_seqnum = numberOf(value);
      return;
  }
}

/** Reads a number of up to four octets, since centres differ in its length. */
const numberOf = (value: Buffer): number | undefined =>
  value.length === 0 || value.length > 4 ? undefined : value.readUIntBE(0, value.length);

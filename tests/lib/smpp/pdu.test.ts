/** Our SMPP units, read and written by another implementation, and units that no message centre should send. */
import assert from "node:assert/strict";
import { test } from "node:test";
import smpp, { type Pdu } from "smpp";
import { readGsm, writeGsm, writeUcs2 } from "../../../svc/lib/smpp/gsm.ts";
import {
  COMMAND,
  type MessageFields,
  readBind,
  readMessage,
  readText,
  RECEIPT,
  RESPONSE,
  setSequence,
  UDH_INDICATOR,
  writeBind,
  writeMessage,
  writePdu,
} from "../../../svc/lib/smpp/pdu.ts";
import { PduReader } from "../../../svc/lib/smpp/pdu-reader.ts";

smpp.addTLV("herald_attempt_id", { id: 0x1501, type: smpp.types.tlv.string });

const theirs = (octets: Buffer): Pdu => smpp.PDU.fromBuffer(octets) || assert.fail("no unit");
const bodyOf = (pdu: { toBuffer(): Buffer }) => pdu.toBuffer().subarray(16);

const MESSAGE: MessageFields = {
  source_addr_ton: 5,
  source_addr_npi: 0,
  source_addr: "Herald",
  dest_addr_ton: 1,
  dest_addr_npi: 1,
  destination_addr: "12025550101",
  esm_class: UDH_INDICATOR,
  validity_period: "000001060000000R",
  registered_delivery: 1,
  data_coding: 4,
  short_message: Buffer.from([5, 0, 3, 7, 2, 1, 0, 0xff, 0x80]),
  herald_attempt_id: "0190a000-0000-7000-8000-0000000000ab",
};
const RECEIVED: MessageFields = {
  ...MESSAGE,
  esm_class: RECEIPT,
  receipted_message_id: "1A2B",
  message_state: 2,
  sar_msg_ref_num: 0x1234,
  sar_total_segments: 3,
  sar_segment_seqnum: 2,
};

test("what we write is read by others, field by field", () => {
  for (const [command, name] of [
    [COMMAND.submit, "submit_sm"],
    [COMMAND.deliver, "deliver_sm"],
  ] as const) {
    const octets = writeMessage(command, RECEIVED);
    setSequence(octets, 7);
    const { short_message, validity_period, ...read } = theirs(octets) as Pdu & Record<string, unknown>;
    assert.deepEqual([read.command, read.command_status, read.sequence_number], [name, 0, 7]);
    assert.ok(validity_period instanceof Date, "which the package makes of it");
    for (const [field, value] of Object.entries(RECEIVED))
      if (field !== "short_message" && field !== "validity_period") assert.equal(read[field], value, field);
    assert.ok(octets.includes(RECEIVED.short_message));
    assert.ok(short_message !== undefined);
  }
});

test("what others write is read by us, whatever they set besides", () => {
  const pdu = new smpp.PDU("deliver_sm", {
    ...RECEIVED,
    ...{ service_type: "CMT", protocol_id: 3, priority_flag: 1, schedule_delivery_time: "", sm_default_msg_id: 9 },
    ...{ dest_port: 77, user_message_reference: 5 },
  });
  assert.deepEqual(readMessage(bodyOf(pdu)), RECEIVED);
  const answer = new smpp.PDU("submit_sm_resp", { message_id: "00ABC" });
  assert.equal(readText(bodyOf(answer)), "00ABC");
  const payload = new smpp.PDU("deliver_sm", { data_coding: 0, message_payload: Buffer.from("STOP") });
  assert.equal(readMessage(bodyOf(payload)).short_message.toString(), "STOP");
});

test("binds and responses are understood both ways", () => {
  const who = { systemId: "herald", password: "secret", systemType: "x" };
  const bind = theirs(writeBind(COMMAND.bindTransceiver, who)) as Pdu & Record<string, unknown>;
  assert.deepEqual(
    [bind.command, bind.system_id, bind.password, bind["system_type"], bind["interface_version"]],
    ["bind_transceiver", "herald", "secret", "x", 0x34],
  );
  const given = new smpp.PDU("bind_receiver", { system_id: "herald", password: "secret" });
  assert.deepEqual(readBind(bodyOf(given)), { systemId: "herald", password: "secret" });
  assert.equal(theirs(writePdu(COMMAND.submit + RESPONSE, { texts: ["77"] })).message_id, "77");
  const refused = theirs(writePdu(COMMAND.submit + RESPONSE, { status: 0x58 }));
  assert.deepEqual([refused.command, refused.command_status], ["submit_sm_resp", 0x58]);
  assert.equal(theirs(writePdu(COMMAND.enquire)).command, "enquire_link");
});

test("a text cannot end its field, and more than a short message goes where there is room", () => {
  const written = readMessage(writeMessage(COMMAND.submit, { ...MESSAGE, source_addr: "12\u00003" }).subarray(16));
  assert.deepEqual([written.source_addr, written.destination_addr], ["123", "12025550101"]);
  const short_message = Buffer.alloc(300, "x");
  const long = writeMessage(COMMAND.deliver, { ...MESSAGE, esm_class: 0, data_coding: 0, short_message });
  assert.deepEqual(readMessage(long.subarray(16)).short_message, short_message);
  assert.deepEqual(theirs(long).message_payload, { message: String(short_message) });
  assert.throws(() => writeMessage(COMMAND.deliver, { short_message: Buffer.alloc(20_000) }), RangeError);
});

test("a message that is cut off anywhere is read as far as it goes", () => {
  const whole = writeMessage(COMMAND.deliver, RECEIVED).subarray(16);
  for (let length = 0; length < whole.length; length++) {
    const { source_addr, message_state } = readMessage(whole.subarray(0, length));
    assert.ok(RECEIVED.source_addr.startsWith(source_addr));
    assert.ok(message_state === undefined || message_state === 2);
  }
  const lying = Buffer.from(whole);
  lying.writeUInt16BE(0xffff, lying.length - RECEIVED.herald_attempt_id!.length - 2);
  assert.equal(readMessage(lying).herald_attempt_id, RECEIVED.herald_attempt_id, "a length beyond the end");
});

test("units are cut out of a stream however it comes, and what is none ends it", () => {
  const units = [writePdu(COMMAND.enquire), writeMessage(COMMAND.deliver, RECEIVED), writePdu(COMMAND.unbind)];
  const stream = Buffer.concat(units);
  for (const size of [1, 3, 16, 17, stream.length]) {
    const reader = new PduReader();
    const read = [];
    for (let at = 0; at < stream.length; at += size) read.push(...reader.read(stream.subarray(at, at + size)));
    assert.deepEqual(
      read.map(({ command }) => command),
      [COMMAND.enquire, COMMAND.deliver, COMMAND.unbind],
      `${size} octets at a time`,
    );
    assert.deepEqual(readMessage((read[1] as { body: Buffer }).body), RECEIVED);
  }
  for (const length of [0, 15, 16_385, 0xffffffff]) {
    const reader = new PduReader();
    const wrong = Buffer.alloc(16);
    wrong.writeUInt32BE(length);
    assert.equal(reader.read(Buffer.concat([units[0] as Buffer, wrong])).length, 1, "what came before counts");
    assert.match(String(reader.fault), new RegExp(`No unit of SMPP has ${length} octets`));
    assert.deepEqual(reader.read(units[0] as Buffer), []);
  }
});

test("the alphabet of GSM is that of others, there and back", () => {
  const characters = [...Array(0x2200).keys()].map((code) => String.fromCharCode(code));
  for (const character of characters) {
    const octets = writeGsm(character);
    assert.equal(octets !== undefined, character !== "\u001b" && smpp.encodings.ASCII.match(character), character);
    if (!octets) continue;
    assert.equal(readGsm(octets), character);
    if (character !== "]" && character !== "\\") assert.deepEqual(octets, smpp.encodings.ASCII.encode(character));
  }
  assert.deepEqual([...writeUcs2("ą😀")], [0x01, 0x05, 0xd8, 0x3d, 0xde, 0x00]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { bootLists, type Office } from "../../lists.ts";

/** The devices of each record, by client id. */
async function devicesOf(office: Office, contactListId: string): Promise<Record<string, string[]>> {
  const { records } = await office.records.searchRecords({ contactListId, pageSize: 500 });
  return Object.fromEntries(records.map(({ clientId, devices }) => [clientId, devices.map((one) => one.contactInfo)]));
}

test("a country that is written and not understood explains no number, and old and local names are understood", async (t) => {
  const office = await (await bootLists(t)).openOffice();
  const list = await office.newList();
  const done = await office.importFile(
    list,
    [
      "client_id,first_name,device1,country",
      "TR-1,Deniz,212 555 01 23,Turkey",
      "GB-1,Amy,20 7946 0018,GBR",
      "CZ-1,Eva,608123456,Czech Republic",
      "AE-1,Sam,50 123 4567,UAE",
      "CI-1,Awa,07 01 02 03 04,Ivory Coast",
      "X-1,Nil,212 555 01 24,Atlantis",
      "X-2,Una,+12125550125,Atlantis",
    ].join("\n"),
  );
  assert.deepEqual(done.rejectedByReason, { country_unknown: 1 });
  assert.deepEqual(await devicesOf(office, list), {
    "TR-1": ["+902125550123"],
    "GB-1": ["+442079460018"],
    "CZ-1": ["+420608123456"],
    "AE-1": ["+971501234567"],
    "CI-1": ["+2250701020304"],
    "X-2": ["+12125550125"],
  });
});

test("one phone has one form, however old its writing is, and decimals are no longer numbers", async (t) => {
  const office = await (await bootLists(t)).openOffice();
  const list = await office.newList();
  const done = await office.importFile(
    list,
    [
      "client_id,device1,country",
      "MX-1,+525512345678,MX",
      "MX-2,55 1234 5680,MX",
      "MX-3,+5215512345681,MX",
      "BR-1,(41) 98765-4322,BR",
      "BR-2,+551187654324,BR",
      "DE-1,30123456.0,DE",
      "US-1,12125550124.00,US",
      "US-2,4.479E+11,US",
    ].join("\n"),
  );
  assert.deepEqual(done.rejectedByReason, { device_invalid: 1 });
  assert.deepEqual(await devicesOf(office, list), {
    "MX-1": ["+525512345678"],
    "MX-2": ["+525512345680"],
    "MX-3": ["+525512345681"],
    "BR-1": ["+5541987654322"],
    "BR-2": ["+5511987654324"],
    "DE-1": ["+4930123456"],
    "US-1": ["+12125550124"],
  });
});

test("what nobody sees, text formulas and apostrophes are taken out of every cell, so that ids and numbers compare", async (t) => {
  const office = await (await bootLists(t)).openOffice();
  const list = await office.newList();
  const done = await office.importFile(
    list,
    [
      "client_id,first_name,device1,postal_code",
      '="000123",Ann,="2125550123",="02134"',
      '"=""000124""",Bob,"=""2125550124""","=""02135"""',
      "'000125,Cid,'2125550125,'02136",
      "\u202a000126\u202c,D\u200bee,+1\ufe0e-212-555-0126,02137\u00a0",
      "00\u200b0126,Dee,2125550127,02137",
      "000128,'t Hart,dee@exam\u200bple.com,02137",
    ].join("\n"),
  );
  assert.deepEqual(done.rejectedByReason, { duplicate_in_file: 1 });
  assert.deepEqual(await devicesOf(office, list), {
    "000123": ["+12125550123"],
    "000124": ["+12125550124"],
    "000125": ["+12125550125"],
    "000126": ["+12125550126"],
    "000128": ["dee@example.com"],
  });
  const { records } = await office.records.searchRecords({ contactListId: list });
  assert.deepEqual(
    records.map(({ firstName, postalCode }) => `${firstName} ${postalCode}`),
    ["Ann 02134", "Bob 02135", "Cid 02136", "Dee 02137", "'t Hart 02137"],
  );
});

test("a cell with several numbers gives several devices, and one with an extension gives one", async (t) => {
  const office = await (await bootLists(t)).openOffice();
  const list = await office.newList();
  const done = await office.importFile(
    list,
    [
      "client_id,first_name,Phone,Email",
      "C-1,Ann,2125550123;6465550124,",
      "C-2,Bob,2125550125 ; 6465550126,bob@example.com",
      "C-3,Cid,2125550127 / 6465550128,",
      'C-4,Dee,"2125550129, 6465550130",',
      "C-5,Eli,2125550131 or 6465550132,",
      'C-6,Fay,"2125550133\n6465550134",',
      "C-7,Gus,2125550135 ext 12,",
      "C-8,Hal,2125550136;ext=12,",
      "C-9,Ina,2125550137 ::: 6465550138,",
    ].join("\n"),
  );
  assert.deepEqual([done.acceptedCount, done.rejectedCount], [9, 0]);
  assert.deepEqual(await devicesOf(office, list), {
    "C-1": ["+12125550123", "+16465550124"],
    "C-2": ["+12125550125", "bob@example.com", "+16465550126"],
    "C-3": ["+12125550127", "+16465550128"],
    "C-4": ["+12125550129", "+16465550130"],
    "C-5": ["+12125550131", "+16465550132"],
    "C-6": ["+12125550133", "+16465550134"],
    "C-7": ["+12125550135"],
    "C-8": ["+12125550136"],
    "C-9": ["+12125550137", "+16465550138"],
  });
});

test("a rounded client id is refused, a zone that is not understood costs the zone alone, and ZIP codes get their zeros", async (t) => {
  const office = await (await bootLists(t)).openOffice();
  const list = await office.newList();
  const done = await office.importFile(
    list,
    [
      "client_id,device1,timezone,postal_code,country",
      "1.59002E+17,+12125550120,,,",
      "1.59002E+17,+12125550121,,,",
      "Z-1,+12125550123,Eastern Standard Time,2134,US",
      "Z-2,+12125550125,EST5EDT,02134,US",
      "Z-3,+12125550127,GMT-5,21341234,US",
      "Z-4,+6531234567,Singapore,,",
      "Z-5,+12125550129,America/New York,601,US",
      "Z-6,+380441234567,Europe/Kiev,,",
      "Z-7,+13175550123,America/Indianapolis,02134 1234,US",
      "Z-8,+12125550130,Etc/GMT+5,,",
    ].join("\n"),
  );
  assert.deepEqual(done.rejectedByReason, { value_rounded: 2 });
  assert.deepEqual(done.droppedDevicesByReason, { zone_unknown: 2 });
  const { records } = await office.records.searchRecords({ contactListId: list });
  assert.deepEqual(
    records.map(({ clientId, zone, postalCode, state }) => [clientId, zone, postalCode, state]),
    [
      ["Z-1", "America/New_York", "02134", "MA"],
      ["Z-2", "America/New_York", "02134", "MA"],
      ["Z-3", "", "02134-1234", "MA"],
      ["Z-4", "Asia/Singapore", "", ""],
      ["Z-5", "America/New_York", "00601", "PR"],
      ["Z-6", "Europe/Kyiv", "", ""],
      ["Z-7", "America/Indianapolis", "02134-1234", "MA"],
      ["Z-8", "", "", ""],
    ],
  );
});

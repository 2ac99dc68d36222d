/** Address books and registries as programs export them: whose headers mean what, and numbers in several columns. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ImportMode, ImportState } from "../../../../gen/herald/lists/v1/import.ts";
import { rejectsWith, status } from "../../../lib/harness.ts";
import { bootLists, importEntries, type Office } from "../../lists.ts";

/** The devices of each record with their types, by first name. */
async function devicesOf({ records }: Office, contactListId: string): Promise<Record<string, string[]>> {
  const found = await records.searchRecords({ contactListId, pageSize: 500 });
  return Object.fromEntries(
    found.records.map(({ firstName, devices }) => [firstName, devices.map((one) => `${one.contactInfo} ${one.type}`)]),
  );
}

const valuesOf = async ({ suppression }: Office, suppressionListId: string) =>
  (await suppression.listEntries({ suppressionListId })).entries.map(({ value }) => value);

const GOOGLE = [
  "First Name,Middle Name,Last Name,Organization Name,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value,Address 1 - Postal Code,Address 1 - Region,Address 1 - Country",
  "Ann,,Roe,Northwind,* myContacts,* Home,ann@example.com ::: ann.roe@example.org,Mobile,+1 212-555-0123 ::: +1 646-555-0124,Work,(212) 555-0125,10001,NY,US",
  "Bob,,Poe,,* myContacts,,,Mobile,646-555-0126,Work Fax,212-555-0127,10002,NY,US",
  "Cid,,Moe,,,,,* homeFax,646-555-0128,,,,,",
].join("\n");

const OUTLOOK = [
  "Title,First Name,Last Name,Company,Business Street,Business Postal Code,Business Country/Region,Home Postal Code,Home Country/Region,Business Fax,Business Phone,Business Phone 2,Home Phone,Mobile Phone,Other Fax,Pager,Assistant's Phone,E-mail Address,E-mail Type,E-mail Display Name,E-mail 2 Address",
  "Ms,Ann,Roe,Northwind,1 Broadway,10004,United States,,,212-555-0140,212-555-0141,212-555-0142,646-555-0143,646-555-0144,212-555-0145,,212-555-0146,Ann@Example.com,SMTP,Ann Roe,ann@example.org",
  ",Bob,Poe,,,,,94105,USA,212-555-0147,,,,415-555-0148,,,,,,,",
].join("\n");

const THUNDERBIRD = [
  "First Name,Last Name,Display Name,Nickname,Primary Email,Secondary Email,Screen Name,Work Phone,Home Phone,Fax Number,Pager Number,Mobile Number,Home Address,Home City,Home State,Home ZipCode,Home Country,Work ZipCode,Organization",
  "Ann,Roe,Ann Roe,,ann@example.com,ann@example.org,,212-555-0150,,212-555-0151,,646-555-0152,1 Broadway,New York,NY,10004,US,,Northwind",
].join("\n");

const APPLE = [
  "First name,Last name,Phone (iPhone),Phone (Home),Phone (Work Fax),Email (home),TEL;TYPE=CELL",
  "Ann,Roe,212-555-0160,212-555-0161,212-555-0162,ann@example.com,212-555-0163",
].join("\n");

test("address books of Google, Outlook, Thunderbird and Apple are understood by their headers and labels, and a fax is no phone", async (t) => {
  const office = await (await bootLists(t)).openOffice();
  for (const [file, accepted, expected, dropped] of [
    [
      GOOGLE,
      2,
      {
        Ann: ["ann@example.com 10", "+12125550123 4", "+12125550125 2", "ann.roe@example.org 10", "+16465550124 4"],
        Bob: ["+16465550126 4"],
      },
      { fax: 2 },
    ],
    [
      OUTLOOK,
      2,
      {
        Ann: [
          "+12125550141 2",
          "+12125550142 2",
          "+16465550143 1",
          "+16465550144 4",
          "ann@example.com 10",
          "ann@example.org 10",
        ],
        Bob: ["+14155550148 4"],
      },
      {},
    ],
    [THUNDERBIRD, 1, { Ann: ["ann@example.com 10", "ann@example.org 10", "+12125550150 2", "+16465550152 4"] }, {}],
    [APPLE, 1, { Ann: ["+12125550160 4", "+12125550161 1", "ann@example.com 10", "+12125550163 4"] }, {}],
  ] as const) {
    const list = await office.newList();
    const done = await office.importFile(list, file, { defaultRegion: "US" });
    assert.equal(done.acceptedCount, accepted);
    assert.deepEqual(done.droppedDevicesByReason, dropped);
    assert.deepEqual(await devicesOf(office, list), expected);
  }
});

test("address books in other languages give their phones and addresses, and the older form of Google's is understood", async (t) => {
  const office = await (await bootLists(t)).openOffice();
  for (const [header, fields] of [
    [
      "Vorname;Telefon geschäftlich;Telefon privat;Mobiltelefon;Fax geschäftlich;E-Mail-Adresse",
      ["device1", "device2", "device3", "device4"],
    ],
    ["Prénom;Téléphone domicile;Téléphone mobile;Télécopie bureau;Adresse e-mail", ["device1", "device2", "device3"]],
    [
      "Nombre;Teléfono móvil;Teléfono del trabajo;Fax del trabajo;Dirección de correo electrónico",
      ["device1", "device2", "device3"],
    ],
    [
      "Given Name;Phone 1 - Type;Phone 1 - Value;E-mail 1 - Value;Organization 1 - Name",
      ["device1_type", "device1", "device2"],
    ],
    ["Name;no_sms;Mobile No;Home No.;DNC", ["device1", "device2"]],
  ] as const) {
    const row = header
      .split(";")
      .map(() => "x")
      .join(";");
    const { columns } = await office.records.previewImport({ file: { data: Buffer.from(`${header}\n${row}\n`) } });
    assert.deepEqual(
      columns.map(({ field }) => field).filter((field) => field.startsWith("device")),
      fields,
      header,
    );
  }
});

test("labels become types of their own phones, and the address that a person has is taken, whole", async (t) => {
  const office = await (await bootLists(t)).openOffice();
  const preview = await office.records.previewImport({ file: { data: Buffer.from(GOOGLE) }, defaultRegion: "US" });
  const fields = Object.fromEntries(preview.columns.map(({ header, field }) => [header, field]));
  assert.deepEqual(
    [fields["E-mail 1 - Value"], fields["Phone 1 - Value"], fields["Phone 1 - Label"], fields["Phone 2 - Label"]],
    ["device1", "device2", "device2_type", "device3_type"],
  );
  assert.deepEqual([fields["Address 1 - Region"], fields["Organization Name"]], ["state", "company"]);
  const list = await office.newList();
  await office.importFile(list, OUTLOOK, { defaultRegion: "US" });
  const { records } = await office.records.searchRecords({ contactListId: list });
  assert.deepEqual(
    records.map(({ postalCode, country, fields: own }) => [postalCode, country, own["business_fax"]]),
    [
      ["10004", "US", "212-555-0140"],
      ["94105", "US", "212-555-0147"],
    ],
  );
});

test("every number and address of an address book is suppressed, those of its faxes and assistants not", async (t) => {
  const office = await (await bootLists(t)).openOffice();
  for (const [file, expected] of [
    [
      GOOGLE,
      "+12125550123 +12125550125 +12125550127 +16465550124 +16465550126 +16465550128 ann.roe@example.org ann@example.com",
    ],
    [OUTLOOK, "+12125550141 +12125550142 +14155550148 +16465550143 +16465550144 ann@example.com ann@example.org"],
    [THUNDERBIRD, "+12125550150 +16465550152 ann@example.com ann@example.org"],
    [APPLE, "+12125550160 +12125550161 +12125550163 ann@example.com"],
  ] as const) {
    const suppressionListId = await office.newSuppressionList();
    await importEntries(office, suppressionListId, file, { defaultRegion: "US" });
    assert.deepEqual(await valuesOf(office, suppressionListId), expected.split(" "));
  }
});

test("an area code in a column of its own is joined with the number beside it, in lists and in registries, with and without a header", async (t) => {
  const office = await (await bootLists(t)).openOffice();
  const both = ["+12125550123", "+12125550124"];
  for (const [file, region, expected] of [
    ["AreaCode,PhoneNumber\n212,5550123\n212,5550124\n", "US", both],
    ["NPA;NXX;Line\n212;555;0123\n212;555;124\n", "US", both],
    ['"Phone","Area Code"\n"555-0123","(212)"\n"212-555-0124",""\n', "US", both],
    ["area_code\tphone\n212.0\t5550123.0\n212\t2125550124\n", "US", both],
    ["Vorwahl;Rufnummer\n030;123456\n30;030123457\n", "DE", ["+4930123456", "+4930123457"]],
    [
      "Country Calling Code,Area Code,Number\n44,20,79460018\n+44,020,7946 0019\n",
      "US",
      ["+442079460018", "+442079460019"],
    ],
    ["DDD,Telefone\n11,987654321\n11,98765-4323\n", "BR", ["+5511987654321", "+5511987654323"]],
    ["std code|phone\n020|79460018\n|020 7946 0019\n", "GB", ["+442079460018", "+442079460019"]],
  ] as const) {
    const list = await office.newList();
    const done = await office.importFile(list, file, { defaultRegion: region });
    assert.deepEqual([done.acceptedCount, done.rejectedCount], [2, 0], file);
    const { records } = await office.records.searchRecords({ contactListId: list });
    assert.deepEqual(
      records.map(({ devices }) => devices[0]?.contactInfo),
      expected,
      file,
    );
    const suppressionListId = await office.newSuppressionList();
    await importEntries(office, suppressionListId, file, { defaultRegion: region });
    assert.deepEqual(await valuesOf(office, suppressionListId), expected, file);
  }
  for (const [file, region, expected] of [
    ["212,5550123\n212,5550124\n", "US", both],
    ["212\t555\t0123\n212\t555\t0124\n", "US", both],
    ['"(212)";"555-0123"\r\n"(212)";"555-0124"\r\n', "US", both],
    ["030;123456\n030;123457\n", "DE", ["+4930123456", "+4930123457"]],
  ] as const) {
    const suppressionListId = await office.newSuppressionList();
    const ask = { suppressionListId, defaultRegion: region };
    const preview = await office.suppression.previewEntries({ ...ask, file: { data: Buffer.from(file) } });
    assert.deepEqual(preview.columns.map(({ field }) => field).at(-1), "value");
    assert.deepEqual([preview.headerLine, preview.entries.map(({ value }) => value)], [0, expected]);
    const answer = await importEntries(office, suppressionListId, file, { defaultRegion: region });
    assert.deepEqual([answer.rowCount, answer.acceptedCount], [2, 2]);
    assert.deepEqual(await valuesOf(office, suppressionListId), expected, file);
  }
});

test("phones of one person with an area code each are joined with their own, and what a mapping says goes first", async (t) => {
  const office = await (await bootLists(t)).openOffice();
  const list = await office.newList();
  await office.importFile(
    list,
    [
      "First Name,Home Area Code,Work Area Code,Home Phone,Work Phone,Town Code,Ring",
      "Ann,212,646,5550123,5550124,718,5550125",
    ].join("\n"),
    { defaultRegion: "US", mapping: ["Ring=device3", "Town Code=device3_area"] },
  );
  assert.deepEqual(await devicesOf(office, list), { Ann: ["+12125550123 1", "+16465550124 2", "+17185550125 0"] });
  const suppressionListId = await office.newSuppressionList();
  const file = "Town,Ring\n718,5550125\n";
  await importEntries(office, suppressionListId, file, { defaultRegion: "US", mapping: ["Town=area", "Ring=value"] });
  assert.deepEqual(await valuesOf(office, suppressionListId), ["+17185550125"]);
});

test("a file that has rows and brings nothing never succeeds: it says what is wrong with the first row, and changes nothing", async (t) => {
  const office = await (await bootLists(t)).openOffice();
  const contactListId = await office.newList();
  await office.importFile(contactListId, "phone\n+12125550123\n");
  const nothing = office.importFile(contactListId, "name,phone\nAnn,5550123\nBob,\n", {
    mode: ImportMode.IMPORT_MODE_REPLACE,
    defaultRegion: "US",
  });
  const told = await rejectsWith(nothing, status.INVALID_ARGUMENT, "ERROR_REASON_FILE_UNREADABLE");
  assert.deepEqual([told.metadata["problem"], told.metadata["line"]], ["no_row_taken", "2"]);
  assert.match(told.message, /None of the file's rows \(2\) could be taken.*line 2: No such number is in use/);
  const { imports } = await office.records.listImports({ contactListId, pageSize: 1 });
  assert.deepEqual(
    [imports[0]?.state, imports[0]?.acceptedCount, imports[0]?.rejectedByReason],
    [ImportState.IMPORT_STATE_FAILED, 0, { device_invalid: 1, no_device: 1 }],
  );
  assert.equal((await office.lists.getContactList({ contactListId })).contactList?.recordCount, 1);

  const suppressionListId = await office.newSuppressionList();
  const entries = importEntries(office, suppressionListId, "name,phone\nAnn,unknown\nBob,\n");
  const refused = await rejectsWith(entries, status.INVALID_ARGUMENT, "ERROR_REASON_FILE_UNREADABLE");
  assert.equal(refused.metadata["problem"], "no_row_taken");
  const kept = await importEntries(office, suppressionListId, "name,phone\nAnn,555\n", { defaultRegion: "US" });
  assert.deepEqual([kept.acceptedCount, kept.rejectedCount, kept.addedCount], [0, 1, 1]);
  const free = await importEntries(office, suppressionListId, "phone,dnc\n+12125550123,no\n");
  assert.deepEqual([free.rowCount, free.leftOutCount, free.addedCount], [1, 1, 0]);
});

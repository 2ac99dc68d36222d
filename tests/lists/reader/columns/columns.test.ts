import assert from "node:assert/strict";
import { test } from "node:test";
import { mapColumns, readMapping, shownMapping } from "../../../../svc/lists/reader/columns/columns.ts";
import { typeNamed } from "../../../../svc/lists/reader/columns/header-names.ts";

test("headers are guessed by their usual names", () => {
  const guess = (headers: string) => shownMapping(mapColumns(headers.split(","), new Map()));
  assert.deepEqual(
    guess(
      "First Name,surname,Company Name,AccountNo,Cell Phone,Home Phone,E-mail,Zip Code,State/Province,Country,Time Zone",
    ),
    {
      "First Name": "first_name",
      surname: "last_name",
      "Company Name": "company",
      AccountNo: "client_id",
      "Cell Phone": "device1",
      "Home Phone": "device2",
      "E-mail": "device3",
      "Zip Code": "postal_code",
      "State/Province": "state",
      Country: "country",
      "Time Zone": "zone",
    },
  );
  assert.deepEqual(guess("phone,phone 2,Device3,Device3 Type,mobile,Balance Due,1st,Id"), {
    phone: "device1",
    "phone 2": "device2",
    Device3: "device3",
    "Device3 Type": "device3_type",
    mobile: "device4",
    "Balance Due": "balance_due",
    Id: "client_id",
  });
  assert.deepEqual(guess("FirstName,LastName,ClientID,Device1,Other1,Other20"), {
    FirstName: "first_name",
    LastName: "last_name",
    ClientID: "client_id",
    Device1: "device1",
    Other1: "other1",
    Other20: "other20",
  });
  const twice = mapColumns(["Phone", "Phone", "Phone"], new Map());
  assert.deepEqual(
    twice.map(({ target }) => target?.kind === "device" && target.index),
    [1, 2, 3],
  );
});

test("what is told goes before what is guessed", () => {
  const told = readMapping(["Mobile=device2", "Name=first_name", "First=", "a=b=own"]);
  assert.equal(told.get("a=b"), "own");
  told.delete("a=b");
  assert.deepEqual(shownMapping(mapColumns(["First", "Name", "Mobile", "Phone"], told)), {
    Name: "first_name",
    Mobile: "device2",
    Phone: "device1",
  });
});

test("device types are read by code and by name", () => {
  for (const [text, type] of [
    ["4", 4],
    ["Mobile", 4],
    ["home phone", 1],
    ["E-Mail", 10],
    ["0", 0],
    ["11", undefined],
    ["satellite", undefined],
    ["", undefined],
  ] as const) {
    assert.equal(typeNamed(text), type, text);
  }
});

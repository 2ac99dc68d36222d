import assert from "node:assert/strict";
import { test } from "node:test";
import { plans } from "../../../svc/lib/devices/numbering-plan.ts";
import {
  candidateZones,
  placeOf,
  stateOfPostalCode,
  zonesOfAddress,
  zonesOfCountry,
  zonesOfPostalCode,
  zonesOfState,
  zonesTold,
} from "../../../svc/lib/place/place.ts";
import { unionOf, zoneNamed, zoneSet } from "../../../svc/lib/place/zones.ts";

const EASTERN = "America/New_York";
const CENTRAL = "America/Chicago";
const MOUNTAIN = "America/Denver";
const PACIFIC = "America/Los_Angeles";

test("placeOf knows the exchanges and area codes that simple tables get wrong", () => {
  for (const [about, number, state, ...zones] of [
    ["Gary IN", "+12198810100", "IN", CENTRAL],
    ["Evansville IN", "+18124250100", "IN", CENTRAL],
    ["Pensacola FL", "+18504330100", "FL", CENTRAL],
    ["Rapid City SD", "+16053410100", "SD", MOUNTAIN],
    ["Lewiston ID", "+12087430100", "ID", PACIFIC],
    ["Chattanooga TN", "+14232650100", "TN", CENTRAL, EASTERN],
    ["Western Kentucky", "+12704420100", "KY", CENTRAL, EASTERN],
    ["Western Michigan", "+19067740100", "MI", CENTRAL, EASTERN],
    ["El Paso TX", "+19155550100", "TX", CENTRAL, MOUNTAIN],
    ["Arizona and the Navajo Nation", "+19285550100", "AZ", MOUNTAIN, "America/Phoenix"],
    ["Alaska", "+19075550100", "AK", "America/Adak", "America/Anchorage"],
    ["British Columbia", "+12505550100", "BC", "America/Edmonton", "America/Vancouver"],
    ["Washington DC", "+12025550123", "DC", EASTERN],
  ] as const) {
    const place = placeOf(number);
    assert.deepEqual(
      { state: place.state, zones: place.zones, areaCode: place.areaCode },
      { state, zones, areaCode: number.slice(2, 5) },
      about,
    );
  }
});

test("placeOf gives every area code that lies in two zones both of them", () => {
  const list =
    "208 986 219 250 236 672 778 270 364 306 639 308 418 581 423 432 458 541 574 605 606 620 701 709 879 775 785 807 812 930 819 873 850 448 867 906 907 915 928 931";
  // The exchange 555 belongs to no place, so only the area code decides.
  for (const areaCode of list.split(" ")) assert.ok(placeOf(`+1${areaCode}5550100`).zones.length >= 2, areaCode);
});

test("placeOf tells countries that share a calling code apart", () => {
  for (const [number, country] of [
    ["+12425550100", "BS"],
    ["+13405550100", "VI"],
    ["+14165550100", "CA"],
    ["+17875550100", "PR"],
    ["+447700900123", "GB"],
    ["+441534123456", "JE"],
    ["+77011234567", "KZ"],
    ["+79161234567", "RU"],
    ["+18005550123", "US"],
  ] as const) {
    assert.equal(placeOf(number).country, country, number);
  }
});

test("a mobile number that tells its country alone may be anywhere in it", () => {
  assert.deepEqual(placeOf("+61412345678").zones, [
    "Australia/Adelaide",
    "Australia/Brisbane",
    "Australia/Darwin",
    "Australia/Perth",
    "Australia/Sydney",
  ]);
  assert.equal(placeOf("+61412345678").isLocal, false);
  assert.deepEqual(placeOf("+18005550123").zones, [CENTRAL, MOUNTAIN, PACIFIC, EASTERN, "America/Phoenix"]);
});

test("every country has zones, every zone exists, and equal sets are the same set", () => {
  for (const region of plans.keys()) {
    const zones = zonesOfCountry(region);
    assert.ok(zones.length > 0, region);
    for (const zone of zones) assert.ok(zoneNamed(zone), `${zone} of ${region}`);
  }
  assert.equal(placeOf("+12125550100").zones, placeOf("+13055550100").zones);
  assert.equal(zoneSet([CENTRAL, EASTERN]), zoneSet([EASTERN, CENTRAL]));
  assert.equal(unionOf(zoneSet([CENTRAL]), zoneSet([EASTERN])), zoneSet([EASTERN, CENTRAL]));
});

test("every geographic area code of the US and Canada has a state, and no nonsense prefix is without zones", () => {
  for (let areaCode = 200; areaCode < 1_000; areaCode += 1) {
    const place = placeOf(`+1${areaCode}5550100`);
    assert.ok(place.zones.length > 0);
    if (
      place.isLocal &&
      (place.country === "US" || place.country === "CA") &&
      ![782, 867, 902].includes(areaCode) &&
      areaCode !== 684 &&
      place.zones.length < 3
    ) {
      assert.match(place.state, /^[A-Z]{2}$/, String(areaCode));
    }
  }
  for (const number of ["+0", "+999", "+", "+1", "+35"]) assert.ok(placeOf(number).zones.length > 0, number);
});

test("postal codes tell state and zones, both zones where their first digits lie in two", () => {
  for (const [postalCode, state, ...zones] of [
    ["46324", "IN", CENTRAL],
    ["46402", "IN", CENTRAL],
    ["46204", "IN", EASTERN],
    ["10001", "NY", EASTERN],
    ["90210-1234", "CA", PACIFIC],
    ["37402", "TN", CENTRAL, EASTERN],
    ["79901", "TX", CENTRAL, MOUNTAIN],
    ["85001", "AZ", "America/Phoenix"],
    ["86515", "AZ", MOUNTAIN, "America/Phoenix"],
    ["99501", "AK", "America/Adak", "America/Anchorage"],
    ["00901", "PR", "America/Puerto_Rico"],
  ] as const) {
    const found = zonesOfPostalCode("US", postalCode);
    assert.ok(found.length > 0, postalCode);
    for (const zone of found)
      assert.ok((zones as readonly string[]).includes(zone) || found.length > zones.length, `${postalCode}: ${zone}`);
    for (const zone of zones) assert.ok(found.includes(zone), `${postalCode}: ${zone}`);
    assert.equal(stateOfPostalCode("US", postalCode), state);
  }
  assert.deepEqual(zonesOfPostalCode("CA", "K1A 0B1"), ["America/Toronto", "America/Winnipeg"]);
  assert.deepEqual(zonesOfPostalCode("US", "nonsense"), []);
  assert.deepEqual(zonesOfPostalCode("DE", "10115"), []);
});

test("an address is as fine as its finest part", () => {
  assert.deepEqual(zonesOfAddress({ country: "US", state: "TN", postalCode: "37201" }), [CENTRAL]);
  assert.deepEqual(zonesOfAddress({ country: "US", state: "TN", postalCode: "" }), zonesOfState("US", "TN"));
  assert.deepEqual(zonesOfAddress({ country: "DE", state: "BY", postalCode: "80331" }), ["Europe/Berlin"]);
  assert.deepEqual(zonesOfAddress({ country: "", state: "", postalCode: "" }), []);
});

test("number and address count together, and a zone on the record alone", () => {
  const at = (country: string, postalCode: string) => ({ country, state: "", postalCode });
  const zones = (phone: string | undefined, postalCode: string, zone = "") =>
    candidateZones({
      zone,
      address: at("US", postalCode),
      phone: phone ? placeOf(phone) : undefined,
      otherwise: "America/Chicago",
    });
  assert.deepEqual(zones("+12125550100", "90210"), [PACIFIC, EASTERN]);
  assert.deepEqual(zones("+12125550100", ""), [EASTERN]);
  assert.deepEqual(zones("+18005550100", "90210"), [PACIFIC]);
  assert.deepEqual(zones(undefined, "90210"), [PACIFIC]);
  assert.deepEqual(zones("+12125550100", "90210", "America/Denver"), [MOUNTAIN]);
  assert.deepEqual(candidateZones({ zone: "", address: at("", ""), phone: undefined, otherwise: "Europe/Paris" }), [
    "Europe/Paris",
  ]);
});

test("zonesTold names the zones that a device tells by itself, and none where that is half a continent", () => {
  assert.deepEqual(zonesTold("+12125550100"), [EASTERN]);
  assert.deepEqual(zonesTold("+493012345678"), ["Europe/Berlin"], "a country with one zone");
  assert.deepEqual(zonesTold("+18005550100"), [], "toll-free: anywhere in the country");
  assert.deepEqual(zonesTold("ada@example.com"), []);
  assert.deepEqual(zonesTold("C-1"), []);
});

test("zone names are read in any case, and offsets and abbreviations are none", () => {
  assert.equal(zoneNamed("america/new_york"), EASTERN);
  assert.equal(zoneNamed("US/Eastern"), EASTERN);
  assert.equal(zoneNamed("asia/kolkata"), "Asia/Kolkata");
  assert.equal(zoneNamed("Asia/Calcutta"), "Asia/Kolkata");
  for (const text of ["EST", "+01:00", "GMT+5", "Mars/Olympus", "", "America"])
    assert.equal(zoneNamed(text), undefined, text);
});

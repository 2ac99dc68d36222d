import assert from "node:assert/strict";
import { test } from "node:test";
import { rejectsWith, status } from "../../lib/harness.ts";
import { boot } from "../boot.ts";

test("ResolvePlace gives every candidate zone with its evidence and local time", async (t) => {
  const { places, clock } = await boot(t, { ready: false });
  clock.set("2026-11-21T14:30:00Z");
  assert.deepEqual(await places.resolvePlace({ contactInfo: "(212) 555-0123", defaultRegion: "us" }), {
    contactInfo: "+12125550123",
    country: "US",
    state: "NY",
    areaCode: "212",
    zones: [
      {
        zone: "America/New_York",
        evidence: "number prefix +1212",
        localTime: "2026-11-21T09:30",
        instant: clock.now(),
      },
    ],
  });
  const moved = await places.resolvePlace({ contactInfo: "+12125550123", postalCode: "90210" });
  assert.deepEqual(
    moved.zones.map(({ zone, evidence, localTime }) => [zone, evidence, localTime]),
    [
      ["America/Los_Angeles", "postal code 90210", "2026-11-21T06:30"],
      ["America/New_York", "number prefix +1212", "2026-11-21T09:30"],
    ],
  );
  const london = await places.resolvePlace({ contactInfo: "+442079460123" });
  assert.deepEqual(
    [london.country, london.state, london.areaCode, london.zones.map(({ zone }) => zone)],
    ["GB", "", "", ["Europe/London"]],
  );
  const same = await places.resolvePlace({ contactInfo: "+12125550123", postalCode: "10001" });
  assert.deepEqual(
    same.zones.map(({ evidence }) => evidence),
    ["number prefix +1212, postal code 10001"],
  );
});

test("ResolvePlace says what is wrong with a number", async (t) => {
  const { places } = await boot(t, { ready: false });
  for (const [request, field] of [
    [{ contactInfo: "", defaultRegion: "US" }, "contact_info"],
    [{ contactInfo: "+1" }, "contact_info"],
    [{ contactInfo: "tomorrow", defaultRegion: "US" }, "contact_info"],
    [{ contactInfo: "2125550123", defaultRegion: "Texas" }, "default_region"],
  ] as const) {
    const told = await rejectsWith(
      places.resolvePlace(request),
      status.INVALID_ARGUMENT,
      "ERROR_REASON_FIELDS_INVALID",
    );
    assert.equal(told.fields[0]?.field, field);
  }
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { RefusalReason } from "../../../gen/herald/compliance/v1/decision.ts";
import type { AttemptPlace } from "../../../gen/herald/compliance/v1/open_instant.ts";
import { rejectsWith, status } from "../../lib/harness.ts";
import { boot, cap, decided, meshOf } from "../boot.ts";

const { CHANNEL_SMS: SMS, CHANNEL_EMAIL: EMAIL } = Channel;
const place = (contactInfo: string, more: Partial<AttemptPlace> = {}) => ({ contactInfo, ...more });

test("FindOpenInstants tells what a check at that instant says, and keeps nothing", async (t) => {
  const { mesh, attempts, clock } = await boot(t);
  const before = (await attempts.listDecisions({ pageSize: 500 })).decisions.length;
  // 00:30 in New York.
  clock.advance(12.5 * 3_600_000);
  const places = [
    place("+12125550123"),
    place("+13105550123"),
    place("+12125550123", { zones: ["America/Los_Angeles"], zoneIsCertain: true }),
    place("+12125550123", { country: "US", state: "CA", zones: ["America/Los_Angeles"] }),
    place("+4915112345678"),
  ];
  const { openInstants, windowsVersion } = await mesh.findOpenInstants({ channel: SMS, places });
  assert.notEqual(windowsVersion, "");
  assert.deepEqual(
    openInstants.map(({ openTime, reason }) => [openTime?.toISOString().slice(0, 16), reason]),
    [
      ["2026-03-04T13:05", RefusalReason.REFUSAL_REASON_OUTSIDE_WINDOW],
      ["2026-03-04T16:05", RefusalReason.REFUSAL_REASON_OUTSIDE_WINDOW],
      ["2026-03-04T16:05", RefusalReason.REFUSAL_REASON_OUTSIDE_WINDOW],
      ["2026-03-04T16:05", RefusalReason.REFUSAL_REASON_OUTSIDE_WINDOW],
      ["2026-03-04T07:05", RefusalReason.REFUSAL_REASON_OUTSIDE_WINDOW],
    ],
  );
  assert.equal((await attempts.listDecisions({ pageSize: 500 })).decisions.length, before, "nothing was kept");
  for (const [i, { contactInfo, zones = [], zoneIsCertain = false, state = "", country = "" }] of places.entries()) {
    const decision = await decided(attempts, { channel: SMS, contactInfo, zones, zoneIsCertain, state, country });
    const { earliestTime: openTime, reason, ruleId } = decision;
    assert.deepEqual(openInstants[i], { openTime, reason, ruleId, faults: [] });
  }
});

test("FindOpenInstants looks ahead from the instant asked for, and back to none", async (t) => {
  const { mesh } = await boot(t);
  const night = new Date("2026-03-05T04:30:00Z");
  const { openInstants } = await mesh.findOpenInstants({
    channel: SMS,
    places: [
      place("+12125550123", { notBefore: night }),
      place("+12125550123", { notBefore: new Date("2026-03-01T00:00:00Z") }),
      place("", { zones: ["Europe/Berlin"], country: "DE", notBefore: night }),
    ],
  });
  assert.deepEqual(
    openInstants.map(({ openTime }) => openTime?.toISOString()),
    ["2026-03-05T13:05:00.000Z", "2026-03-03T17:00:00.000Z", "2026-03-05T07:05:00.000Z"],
  );
  const { openInstants: emails } = await mesh.findOpenInstants({
    channel: EMAIL,
    places: [place("", { zones: ["America/New_York"], notBefore: night })],
  });
  assert.deepEqual(emails, [{ openTime: night, reason: 0, ruleId: "", faults: [] }]);
});

test("FindOpenInstants follows required rules and those that are named; its version changes with them alone", async (t) => {
  const { mesh, rules } = await boot(t);
  const places = [place("+12125550123"), place("+13105550123")];
  const find = async (ruleIds: string[] = []) => mesh.findOpenInstants({ channel: SMS, ruleIds, places });
  const first = await find();
  assert.deepEqual(
    first.openInstants.map(({ reason }) => reason),
    [0, 0],
  );

  await rules.createRule({ rule: cap(1) });
  assert.equal((await find()).windowsVersion, first.windowsVersion, "caps are asked at the attempt");
  const location = { name: "Not in California", body: { $case: "location" as const, location: { places: ["US-CA"] } } };
  const ruleId = (await rules.createRule({ rule: location })).rule?.id ?? "";
  const second = await find([ruleId]);
  assert.notEqual(second.windowsVersion, first.windowsVersion);
  assert.deepEqual(second.openInstants[1], {
    openTime: undefined,
    reason: RefusalReason.REFUSAL_REASON_LOCATION_FORBIDDEN,
    ruleId,
    faults: [],
  });
  assert.deepEqual(
    (await find()).openInstants.map(({ reason }) => reason),
    [0, 0],
    "only whoever names it",
  );
  await rules.deleteRule({ ruleId });
  const third = await find([ruleId]);
  assert.deepEqual([third.windowsVersion, third.openInstants[1]?.reason], [first.windowsVersion, 0]);
});

test("FindOpenInstants answers for every place that can be read, and says what is wrong with the others", async (t) => {
  const { mesh } = await boot(t);
  const { openInstants } = await mesh.findOpenInstants({
    channel: SMS,
    places: [
      place("+12125550123"),
      place("212 555 0123"),
      place("", { zones: ["Europe/Berlin", "Mars/North"], state: "CA" }),
      place("+13105550123"),
    ],
  });
  assert.deepEqual(
    openInstants.map(({ openTime, reason, faults }) => [
      openTime !== undefined,
      reason,
      faults.map(({ field }) => field),
    ]),
    [
      [true, 0, []],
      [false, 0, ["contact_info"]],
      [false, 0, ["country", "zones[1]"]],
      [true, 0, []],
    ],
  );
  assert.match(openInstants[2]?.faults[1]?.description ?? "", /No time zone .* has this name/);
});

test("FindOpenInstants names each field of the request that is wrong, and is for services alone", async (t) => {
  const { mesh, attempts, address } = await boot(t);
  const error = await rejectsWith(
    mesh.findOpenInstants({ channel: 0, ruleIds: ["nobody"], places: [place("212 555 0123")] }),
    status.INVALID_ARGUMENT,
    "ERROR_REASON_FIELDS_INVALID",
  );
  assert.deepEqual(
    error.fields.map(({ field }) => field),
    ["channel", "rule_ids[0]"],
  );
  const places = Array.from({ length: 1_001 }, () => place("+12125550123"));
  await rejectsWith(mesh.findOpenInstants({ channel: SMS, places }), status.INVALID_ARGUMENT);
  await rejectsWith(attempts.findOpenInstants({}), status.PERMISSION_DENIED, "ERROR_REASON_PERMISSION_MISSING");
  await rejectsWith(meshOf(t, address, "*").findOpenInstants({ channel: SMS }), status.INVALID_ARGUMENT);
});

/** Compliance with the real `lists`: entries that are suppressed there are refused here. */
import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { RefusalReason } from "../../../gen/herald/compliance/v1/decision.ts";
import { SuppressionKind } from "../../../gen/herald/lists/v1/suppression_list.ts";
import { HttpBody } from "../../../gen/google/api/httpbody.ts";
import { startCompliance } from "../../../svc/compliance/service.ts";
import { startLists } from "../../../svc/lists/service.ts";
import { errorDetails } from "../../../svc/lib/errors/error-details.ts";
import { fakeClock, started, testEnv, testKeys, until } from "../../lib/harness.ts";
import { bootLists, type Lists, type Office } from "../../lists/lists.ts";
import { attemptsOf, type Booted, decided, NOON, untilReady } from "../boot.ts";

const DEVICE = RefusalReason.REFUSAL_REASON_SUPPRESSED_DEVICE;

async function bootBoth(t: TestContext): Promise<{ lists: Lists; office: Office; attempts: Booted["attempts"] }> {
  const lists = await bootLists(t);
  const office = await lists.openOffice();
  const env = await testEnv(t, "compliance", {
    HERALD_MESH_LISTS: lists.address,
    COMPLIANCE_SUPPRESSION_SILENCE: "3s",
  });
  const service = await started(t, startCompliance({ env, keys: testKeys, now: fakeClock(NOON).now }));
  const attempts = await attemptsOf(t, service.address, office.tenantId);
  await untilReady({ attempts });
  return { lists, office, attempts };
}

/** Gives the milliseconds until a check is refused for this reason. */
async function heldAfter(attempts: Booted["attempts"], contactInfo: string, reason: RefusalReason): Promise<number> {
  const begun = performance.now();
  await until(async () => (await decided(attempts, { contactInfo })).reason === reason, { everyMs: 5 });
  return performance.now() - begun;
}

test("an entry that is added in lists holds within a second, and is let go as fast", async (t) => {
  const { office, attempts } = await bootBoth(t);
  const suppressionListId = await office.newSuppressionList({
    name: "Do not call",
    required: true,
    kind: SuppressionKind.SUPPRESSION_KIND_DEVICE,
  });
  const times: number[] = [];
  for (let i = 0; i < 5; i++) {
    const value = `+1212555010${i}`;
    await office.suppression.addEntries({ suppressionListId, entries: [{ value, reason: "asked us to stop" }] });
    times.push(await heldAfter(attempts, value, DEVICE));
    await office.suppression.removeEntries({ suppressionListId, values: [value] });
    times.push(await heldAfter(attempts, value, 0));
  }
  assert.ok(Math.max(...times) < 1_000, `after ${times.map(Math.round).join(", ")} ms`);
  await office.suppression.addEntries({ suppressionListId, entries: [{ value: "+12125550123" }] });
  await heldAfter(attempts, "+12125550123", DEVICE);
  await office.suppression.deleteSuppressionList({ suppressionListId });
  await heldAfter(attempts, "+12125550123", 0);
});

test("an imported file holds whole", async (t) => {
  const { office, attempts } = await bootBoth(t);
  const suppressionListId = await office.newSuppressionList({
    name: "National",
    required: true,
    kind: SuppressionKind.SUPPRESSION_KIND_DEVICE,
  });
  const numbers = Array.from({ length: 12_000 }, (_, i) => `+1212${5_000_000 + i}`);
  async function* file() {
    yield {
      suppressionListId,
      defaultRegion: "US",
      fileName: "national.csv",
      file: HttpBody.fromPartial({ data: Buffer.from(numbers.join("\n")) }),
    };
  }
  await office.suppression.importEntries(file());
  await heldAfter(attempts, numbers[0] as string, DEVICE);
  for (const contactInfo of [numbers[5_999], numbers.at(-1)] as string[])
    await heldAfter(attempts, contactInfo, DEVICE);
  assert.equal((await decided(attempts, { contactInfo: "+12125012000" })).reason, 0);
});

test("an entry holds for its phone, however old or foreign the writing of either is", async (t) => {
  const { office, attempts } = await bootBoth(t);
  const suppressionListId = await office.newSuppressionList({
    name: "Old dialler",
    required: true,
    kind: SuppressionKind.SUPPRESSION_KIND_DEVICE,
  });
  const rows = [
    "+5215512345678",
    "+551187654321",
    "+22997123456",
    "+54 9 11 2345-6789",
    "+18615550123",
    "+1212555O123",
  ];
  async function* file() {
    const data = Buffer.from(["phone", ...rows].join("\n"));
    yield { suppressionListId, defaultRegion: "MX", file: HttpBody.fromPartial({ data }) };
  }
  await office.suppression.importEntries(file());
  for (const contactInfo of [
    "+525512345678",
    "+5215512345678",
    "+5511987654321",
    "+551187654321",
    "+2290197123456",
    "+5491123456789",
    "+541123456789",
  ])
    await heldAfter(attempts, contactInfo, DEVICE);
  const written = await decided(attempts, { contactInfo: "+1212555O123" });
  assert.equal(written.reason, RefusalReason.REFUSAL_REASON_DEVICE_INVALID);
});

test("while lists is away nothing is allowed after the allowed silence; what was added before it went still holds when it is back", async (t) => {
  const { lists, office, attempts } = await bootBoth(t);
  const suppressionListId = await office.newSuppressionList({
    name: "Do not call",
    required: true,
    kind: SuppressionKind.SUPPRESSION_KIND_DEVICE,
  });
  await office.suppression.addEntries({ suppressionListId, entries: [{ value: "+12125550123" }] });
  await heldAfter(attempts, "+12125550123", DEVICE);
  await lists.stop();
  const outcome = async () => {
    try {
      return (await decided(attempts)).reason;
    } catch (error) {
      if (errorDetails(error)?.reason === "ERROR_REASON_NOT_READY") return "not ready";
      throw error;
    }
  };
  await until(async () => {
    const now = await outcome();
    assert.ok(now === DEVICE || now === "not ready");
    return now === "not ready";
  });
  await started(t, startLists({ env: { ...lists.env, PORT: lists.address.split(":")[1] ?? "" }, keys: testKeys }));
  await until(async () => (await outcome()) === DEVICE);
});

/** What happens while something that dial needs is unavailable. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { status } from "@grpc/grpc-js";
import { simulatorOptions, startSimulators } from "../../../deploy/simulators/simulators.ts";
import { startCompliance } from "../../../svc/compliance/service.ts";
import { startContacts } from "../../../svc/contacts/service.ts";
import { started, testKeys, until, VOICE_AUDIENCE } from "../../lib/harness.ts";
import {
  attemptsOf,
  boot,
  emailGroup,
  emails,
  makeList,
  now,
  office,
  phones,
  smsGroup,
  startGroup,
  untilFinished,
} from "../boot.ts";

const stalled = (tenant: Awaited<ReturnType<typeof office>>, campaignGroupId: string, stall: string) =>
  until(
    async () => {
      const { session } = await tenant.sessions.getSession({ campaignGroupId });
      return session?.stall === stall ? session : undefined;
    },
    { what: `stalled: ${stall}`, timeoutMs: 20_000 },
  );

test("while compliance is away nothing is sent and the session says so; then it goes on", async (t) => {
  const at = await boot(t);
  const tenant = await office(t, at);
  const groupId = await startGroup(
    tenant,
    emailGroup([await makeList(at.database("lists"), tenant, emails(400))], { messagesPerMinute: 6_000 }),
  );
  const arrived = () => at.simulators.inbox.arrivals.counts().total;
  await until(() => arrived() > 40, { everyMs: 1 });
  await at.others.compliance.stop();
  const session = await stalled(tenant, groupId, "compliance_unavailable");
  assert.match(session?.stallExplanation ?? "", /Compliance does not answer/);
  const before = arrived();
  assert.ok(before < 400);
  await until(async () => (await attemptsOf(tenant, groupId, 1)).length === 0);
  const settled = arrived();
  const { session: later } = await tenant.sessions.getSession({ campaignGroupId: groupId });
  assert.equal(later?.stall, "compliance_unavailable");
  assert.equal(arrived(), settled, "nothing more arrives");
  await started(t, startCompliance({ env: at.envOf("compliance"), keys: testKeys, now }));
  const progress = await untilFinished(tenant, groupId, 60_000);
  assert.deepEqual(progress.attemptsByResult, { sent: 400 });
  assert.equal(at.simulators.inbox.arrivals.counts().duplicates, 0);
});

test("while the mail server is away nothing counts as an attempt; then everything arrives once", async (t) => {
  const at = await boot(t);
  const tenant = await office(t, at);
  const groupId = await startGroup(
    tenant,
    emailGroup([await makeList(at.database("lists"), tenant, emails(300))], { messagesPerMinute: 6_000 }),
  );
  await until(() => at.simulators.inbox.arrivals.counts().total > 40, { everyMs: 1 });
  const port = new URL(at.simulators.addresses.smtp).port;
  const arrivedBefore = at.simulators.inbox.arrivals.recipients();
  await at.simulators.inbox.stop();
  const session = await stalled(tenant, groupId, "provider_down");
  assert.match(session?.stallExplanation ?? "", /cannot be reached/);
  const free = {
    SIM_SMTP_PORT: port,
    SIM_SMPP_PORT: "0",
    SIM_VOICE_PORT: "0",
    SIM_HTTP_PORT: "0",
    HERALD_VOICE_KEY: VOICE_AUDIENCE.key,
  };
  const again = await startSimulators(simulatorOptions(free));
  t.after(() => again.stop());
  const progress = await untilFinished(tenant, groupId, 60_000);
  const before = Object.keys(at.simulators.inbox.arrivals.recipients()).length;
  const after = again.inbox.arrivals.recipients();
  assert.ok(before >= Object.keys(arrivedBefore).length);
  assert.equal(Object.keys(after).filter((to) => arrivedBefore[to]).length, 0, "nobody twice");
  // Messages that were cut off in the middle are stale; nothing else is missing.
  assert.equal(progress.stale + (progress.attemptsByResult["sent"] ?? 0), 300);
  assert.ok(before + Object.keys(after).length >= 300 - progress.stale);
});

test("contacts being away holds up nothing, and it hears of everything later", async (t) => {
  const at = await boot(t);
  const tenant = await office(t, at);
  await at.others.contacts.stop();
  const groupId = await startGroup(tenant, smsGroup([await makeList(at.database("lists"), tenant, phones(50))]));
  await untilFinished(tenant, groupId);
  await started(t, startContacts({ env: at.envOf("contacts"), keys: testKeys, now }));
  await until(
    async () => {
      const found = tenant.interactions.searchInteractions({ campaignGroupId: groupId, pageSize: 500 });
      // After a failed connection, a client waits a moment before it connects again.
      const { interactions } = await found.catch((error: { code?: unknown }) => {
        if (error.code !== status.UNAVAILABLE) throw error;
        return { interactions: [] };
      });
      return interactions.length === 50 && interactions.every(({ outcome }) => outcome);
    },
    { timeoutMs: 60_000 },
  );
});

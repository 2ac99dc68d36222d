/** What may break before 1.0, told by buf itself on contracts that differ in one field from ours. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { toBinary } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { meshOnlyNames } from "../../tools/contract/breaks.ts";
import { linkDescriptorSet, readDescriptorSet } from "../../tools/contract/descriptors.ts";
import { breaksBetween, requestsInOutboxes } from "../../tools/checks.ts";
import { keptRequests } from "../../tools/contract/kept-requests.ts";

const gen = new URL("../../gen/herald.binpb", import.meta.url);
const scratch = mkdtempSync(join(tmpdir(), "herald-breaks-test-"));

/** Files of our contract, and of it with one field of one message under another name. */
function renamed(file: string, message: string, field: string): [before: string, now: string] {
  const set = readDescriptorSet(readFileSync(gen));
  const found = set.file
    .find(({ name }) => name === `herald/${file}`)
    ?.messageType.find(({ name }) => name === message)
    ?.field.find(({ name }) => name === field);
  assert.ok(found, `${message} has no ${field}`);
  [found.name, found.jsonName] = ["other", "other"];
  const [before, now] = [join(scratch, "before.binpb"), join(scratch, "now.binpb")];
  writeFileSync(before, readFileSync(gen));
  writeFileSync(now, toBinary(FileDescriptorSetSchema, set));
  return [before, now];
}

const OPEN_SESSION = ["dial/v1/session_service.proto", "OpenSessionRequest", "settings"] as const;
const without = { reasons: [], kept: [] };
const why = (name: string, domain = "dial") => ({
  reasons: [`- \`herald.${domain}.v1.${name}\`: it had to.`],
  kept: requestsInOutboxes("HEAD"),
});

test("a message that only services say to each other breaks with a reason, and not without one", async () => {
  const files = renamed(...OPEN_SESSION);
  const refused = await breaksBetween(...files, without);
  assert.match(refused ?? "", /session_service\.proto:\d+: .*OpenSessionRequest/);
  assert.match(refused ?? "", /say why in a new line of CONTRACT-BREAKS\.md/);
  assert.match((await breaksBetween(...files, why("CloseSessionRequest"))) ?? "", /OpenSessionRequest/);
  assert.equal(await breaksBetween(...files, why("OpenSessionRequest")), null);
});

test("what callers or voice adapters use breaks with no reason at all", async () => {
  for (const [file, message, field] of [
    ["dial/v1/attempt.proto", "Attempt", "client_id"],
    ["dial/v1/session_service.proto", "GetSessionRequest", "campaign_group_id"],
    ["dial/v1/call.proto", "Originate", "ring_timeout_seconds"],
  ] as const) {
    const refused = await breaksBetween(...renamed(file, message, field), why(message));
    assert.match(refused ?? "", new RegExp(`"${message}"`), message);
    assert.doesNotMatch(refused ?? "", /CONTRACT-BREAKS/, "nothing to be said for it");
  }
});

test("what waits in outboxes breaks with no reason at all, though only services say it", async () => {
  for (const [file, message, field, domain] of [
    ["campaigns/v1/dial_queue_service.proto", "ReportOutcomesRequest", "reports", "campaigns"],
    ["campaigns/v1/attempt_report.proto", "AttemptReport", "attempt_id", "campaigns"],
    ["compliance/v1/attempt_check_service.proto", "ReportOutcomesRequest", "outcomes", "compliance"],
    ["contacts/v1/interaction_service.proto", "RecordInteractionsRequest", "interactions", "contacts"],
    ["identity/v1/audit_service.proto", "RecordAuditEntriesRequest", "audit_entries", "identity"],
    ["jobs/v1/job_service.proto", "ReportProgressRequest", "job", "jobs"],
    ["lists/v1/suppression_list_service.proto", "RecordOptOutsRequest", "contact_infos", "lists"],
  ] as const) {
    const refused = await breaksBetween(...renamed(file, message, field), why(message, domain));
    const says = `herald.${domain}.v1.${message} waits encoded in outboxes, and what an older version wrote there must stay`;
    assert.ok(refused?.includes(says), `${message}: ${refused}`);
  }
});

test("what outboxes keep is found in the code, also under another name, and never missed in silence", () => {
  assert.deepEqual(requestsInOutboxes("HEAD"), [
    "herald.campaigns.v1.ReportOutcomesRequest",
    "herald.compliance.v1.ReportOutcomesRequest",
    "herald.contacts.v1.RecordInteractionsRequest",
    "herald.identity.v1.RecordAuditEntriesRequest",
    "herald.jobs.v1.ReportProgressRequest",
    "herald.lists.v1.RecordOptOutsRequest",
  ]);
  assert.throws(() => keptRequests("const NEWS: MessageKind<News, Item> = {"), /News is not imported from gen/);
});

test("a contract that has not changed breaks nothing", async () => {
  assert.equal(await breaksBetween(gen.pathname, gen.pathname, without), null);
});

test("what a message shares with the public contract is not its own", () => {
  const meshOnly = meshOnlyNames(linkDescriptorSet(readDescriptorSet(readFileSync(gen))));
  const has = (name: string) => meshOnly.has(`herald.${name}`);
  assert.deepEqual(["dial.v1.DialingSettings", "dial.v1.SessionService.OpenSession", "campaigns.v1.Lease"].map(has), [
    true,
    true,
    true,
  ]);
  assert.deepEqual(
    ["campaigns.v1.MessageContent", "dial.v1.Session", "dial.v1.SessionService.GetSession", "common.v1.Channel"].map(
      has,
    ),
    [false, false, false, false],
  );
});

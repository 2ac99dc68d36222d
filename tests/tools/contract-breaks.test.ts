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
import { breaksBetween } from "../../tools/checks.ts";

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
const why = (name: string) => [`- \`herald.dial.v1.${name}\`: it had to.`];

test("a message that only services say to each other breaks with a reason, and not without one", async () => {
  const files = renamed(...OPEN_SESSION);
  const refused = await breaksBetween(...files, []);
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

test("a contract that has not changed breaks nothing", async () => {
  assert.equal(await breaksBetween(gen.pathname, gen.pathname, []), null);
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

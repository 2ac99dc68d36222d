import assert from "node:assert/strict";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { keepSecrets } from "../../deploy/local/secrets.ts";
import { scratchFolder } from "./folder.ts";

test("secrets are made once, kept, and readable by their owner alone", (t) => {
  const dir = join(scratchFolder(t), "data");
  const first = keepSecrets(dir);
  assert.deepEqual(keepSecrets(dir), first);
  assert.equal(statSync(join(dir, "secrets.json")).mode & 0o777, 0o600);
  assert.equal(statSync(join(dir, "demo-password")).mode & 0o777, 0o600);
  assert.equal(readFileSync(join(dir, "demo-password"), "utf8"), first.demoPassword);
});

test("secrets are long, and no two are alike", (t) => {
  const {
    meshKey,
    voiceKey,
    linkKey,
    identityKeySecret,
    dialSecretsKey,
    databasePasswords,
    demoPassword,
    platformAdmin,
  } = keepSecrets(scratchFolder(t));
  const all = [
    meshKey,
    voiceKey,
    linkKey,
    identityKeySecret,
    dialSecretsKey,
    ...Object.values(databasePasswords),
    demoPassword,
    platformAdmin.password,
  ];
  assert.equal(new Set(all).size, all.length);
  assert.ok(Buffer.byteLength(meshKey) >= 32 && Buffer.byteLength(identityKeySecret) >= 32);
  assert.match(demoPassword, /^([a-z]{4}-){4}[a-z]{4}$/);
});

test("a secret that an older version did not know is added, and the others stay", (t) => {
  const dir = scratchFolder(t);
  const { meshKey, ...others } = keepSecrets(dir);
  writeFileSync(join(dir, "secrets.json"), JSON.stringify({ meshKey }));
  const later = keepSecrets(dir);
  assert.equal(later.meshKey, meshKey);
  assert.notEqual(later.identityKeySecret, others.identityKeySecret);
});

test("a damaged file is not replaced: the database is sealed with what it held", (t) => {
  const dir = scratchFolder(t);
  writeFileSync(join(dir, "secrets.json"), '{"meshKey": "cut o');
  assert.throws(() => keepSecrets(dir), /secrets\.json is not readable.*Restore it/);
});

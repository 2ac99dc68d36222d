import assert from "node:assert/strict";
import { test } from "node:test";
import { RpcError, status } from "../../../svc/lib/errors/errors.ts";
import { createPasswords } from "../../../svc/identity/sign-in/passwords.ts";

test("a password matches its own hash alone, and two hashes of it differ", async () => {
  const passwords = createPasswords();
  const hash = await passwords.hash("correct horse battery", "");
  assert.match(hash, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  assert.notEqual(hash, await passwords.hash("correct horse battery", ""));
  assert.equal(await passwords.matches("correct horse battery", hash, ""), true);
  assert.equal(await passwords.matches("correct horse battery ", hash, ""), false);
  assert.equal(await passwords.matches("anything", undefined, ""), false);
});

test("an unknown account takes the time of a wrong password", async () => {
  const passwords = createPasswords();
  const hash = await passwords.hash("correct horse battery", "");
  const time = async (storedHash: string | undefined) => {
    const begun = performance.now();
    await passwords.matches("wrong", storedHash, "");
    return performance.now() - begun;
  };
  await time(undefined);
  // In turns, and the quickest of each: what else the machine does meanwhile can only add to a time.
  let [wrong, unknown] = [Infinity, Infinity];
  for (let i = 0; i < 20; i++) {
    wrong = Math.min(wrong, await time(hash));
    unknown = Math.min(unknown, await time(undefined));
  }
  assert.ok(unknown > wrong * 0.5 && unknown < wrong * 2, `wrong ${wrong} ms, unknown ${unknown} ms`);
});

test("more sign-ins at once than can be served soon are refused, the others are served", async () => {
  const passwords = createPasswords();
  const answers = await Promise.allSettled(
    Array.from({ length: 150 }, (_, i) => passwords.matches("wrong", undefined, `address ${i}`)),
  );
  const refused = answers.filter((answer) => answer.status === "rejected");
  assert.ok(refused.length > 0 && refused.length <= 50, `${refused.length} refused`);
  for (const { reason } of refused as { reason: unknown }[]) {
    assert.ok(reason instanceof RpcError && reason.code === status.RESOURCE_EXHAUSTED && reason.retryAfterMs);
  }
});

test("one address that sends as fast as it can fills no queue: another is served before most of it", async () => {
  const passwords = createPasswords();
  const [refused, served]: [unknown[], number[]] = [[], []];
  const flood = Array.from({ length: 150 }, (_, i) =>
    passwords.matches("wrong", undefined, "203.0.113.1").then(
      () => served.push(i),
      (error: unknown) => refused.push(error),
    ),
  );
  await passwords.matches("wrong", undefined, "198.51.100.20");
  await Promise.all(flood);
  assert.ok(served.length <= 25, `${served.length} served`);
  assert.equal(served.length + refused.length, 150);
});

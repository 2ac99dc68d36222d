import assert from "node:assert/strict";
import { test } from "node:test";
import { RpcError, status } from "../../svc/lib/errors.ts";
import { createPasswords } from "../../svc/identity/passwords.ts";

test("a password matches its own hash alone, and two hashes of it differ", async () => {
  const passwords = createPasswords();
  const hash = await passwords.hash("correct horse battery");
  assert.match(hash, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  assert.notEqual(hash, await passwords.hash("correct horse battery"));
  assert.equal(await passwords.matches("correct horse battery", hash), true);
  assert.equal(await passwords.matches("correct horse battery ", hash), false);
  assert.equal(await passwords.matches("anything", undefined), false);
});

test("an unknown account takes the time of a wrong password", async () => {
  const passwords = createPasswords();
  const hash = await passwords.hash("correct horse battery");
  const time = async (storedHash: string | undefined) => {
    const times: number[] = [];
    for (let i = 0; i < 15; i++) {
      const begun = performance.now();
      await passwords.matches("wrong", storedHash);
      times.push(performance.now() - begun);
    }
    return times.sort((a, b) => a - b)[3] ?? 0;
  };
  await time(undefined);
  const [wrong, unknown] = [await time(hash), await time(undefined)];
  assert.ok(unknown > wrong * 0.5 && unknown < wrong * 2, `wrong ${wrong} ms, unknown ${unknown} ms`);
});

test("more sign-ins at once than can be served soon are refused, the others are served", async () => {
  const passwords = createPasswords();
  const answers = await Promise.allSettled(Array.from({ length: 150 }, () => passwords.matches("wrong", undefined)));
  const refused = answers.filter((answer) => answer.status === "rejected");
  assert.ok(refused.length > 0 && refused.length <= 50, `${refused.length} refused`);
  for (const { reason } of refused as { reason: unknown }[]) {
    assert.ok(reason instanceof RpcError && reason.code === status.RESOURCE_EXHAUSTED && reason.retryAfterMs);
  }
});

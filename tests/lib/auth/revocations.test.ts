import assert from "node:assert/strict";
import { test } from "node:test";
import type { Identity } from "../../../svc/lib/rpc/context.ts";
import { REVOCATION_LIFE_MS, Revocations } from "../../../svc/lib/auth/revocations.ts";

const identity = (more: Partial<Identity> = {}, id = "ada"): Identity => ({
  caller: { kind: "user", id, permissions: new Set() },
  tenantId: "tenant",
  sessionId: "session",
  version: 5,
  issuedAtMs: 1_000_000,
  ...more,
});

test("a token is void when its user, session or tenant was revoked at a higher version, and good again when that is taken back", () => {
  for (const subjectId of ["ada", "session", "tenant"]) {
    const revocations = new Revocations();
    for (const [version, isRevoked] of [
      [5, false],
      [6, true],
      [0, false],
    ] as const) {
      revocations.add([{ subjectId, version }]);
      assert.equal(revocations.isRevoked(identity()), isRevoked, `${subjectId} at ${version}`);
    }
  }
});

test("services' tokens are never revoked", () => {
  const revocations = new Revocations();
  revocations.add([{ subjectId: "lists", version: 9 }]);
  const caller = { kind: "service", id: "lists", permissions: new Set<string>() } as const;
  assert.equal(revocations.isRevoked(identity({ caller, issuedAtMs: 0 })), false);
});

test("what is older than any token is forgotten", () => {
  let ms = 0;
  const revocations = new Revocations({ nowMs: () => ms });
  revocations.add([{ subjectId: "old", version: 9 }]);
  ms += REVOCATION_LIFE_MS;
  revocations.add([{ subjectId: "new", version: 9 }]);
  assert.deepEqual(revocations.all(), [{ subjectId: "new", version: 9 }]);
});

test("more than can be remembered makes older tokens come again, and lets none through", () => {
  let ms = 2_000_000;
  const revocations = new Revocations({ most: 10, nowMs: () => ms });
  revocations.add([{ subjectId: "ada", version: 9 }]);
  for (let i = 0; i < 10; i++) {
    ms += 1_000;
    revocations.add([{ subjectId: `user ${i}`, version: 9 }]);
  }
  assert.equal(revocations.all().length, 10);
  assert.ok(revocations.isRevoked(identity()), "the one that was forgotten");
  assert.ok(revocations.isRevoked(identity({}, "somebody else")), "its token is as old");
  assert.ok(!revocations.isRevoked(identity({ issuedAtMs: ms }, "somebody else")));
});

test("who heard nothing for longer than revocations are told is not sure of any stream", () => {
  let ms = 0;
  const revocations = new Revocations({ nowMs: () => ms });
  const news: boolean[] = [];
  revocations.onNews(({ unsure }) => news.push(unsure));
  revocations.replace([]);
  ms += REVOCATION_LIFE_MS;
  assert.equal(revocations.silentMs(), REVOCATION_LIFE_MS);
  revocations.replace([]);
  assert.deepEqual([news, revocations.silentMs()], [[false, true], 0]);
});

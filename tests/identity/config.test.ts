import assert from "node:assert/strict";
import { test } from "node:test";
import { identityConfig } from "../../svc/identity/config.ts";

const RIGHT = {
  DATABASE_URL: "postgres://herald_identity:x@127.0.0.1/herald",
  HERALD_MESH_KEY: "a mesh key for tests, of at least thirty-two bytes",
  IDENTITY_KEY_SECRET: "a key secret for tests, of at least thirty-two bytes",
};

test("the settings that are required are enough", () => {
  const config = identityConfig(RIGHT);
  assert.deepEqual([config.accessTokenMs, config.refreshTokenMs, config.wrongPasswords], [900_000, 2_592_000_000, 10]);
  assert.equal(config.bootstrapAdmin, undefined);
});

for (const [name, setting, said] of [
  ["a short key secret", { IDENTITY_KEY_SECRET: "short" }, /IDENTITY_KEY_SECRET must be at least 32 bytes long/],
  [
    "tokens that live too long",
    { IDENTITY_ACCESS_TOKEN_LIFE: "1h" },
    /IDENTITY_ACCESS_TOKEN_LIFE must be from 1s to 15m/,
  ],
  ["keys that rotate too fast", { IDENTITY_KEY_ROTATION: "5m" }, /IDENTITY_KEY_ROTATION must be at least 1h/],
  ["half a bootstrap", { IDENTITY_BOOTSTRAP_ADMIN_EMAIL: "a@b.example" }, /set together or not at all/],
  [
    "a short bootstrap password",
    { IDENTITY_BOOTSTRAP_ADMIN_EMAIL: "a@b.example", IDENTITY_BOOTSTRAP_ADMIN_PASSWORD: "short" },
    /10 to 200 characters/,
  ],
] as const) {
  test(`${name} is refused before the service starts`, () => {
    assert.throws(() => identityConfig({ ...RIGHT, ...setting }), said);
  });
}

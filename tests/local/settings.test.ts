import assert from "node:assert/strict";
import { test } from "node:test";
import { privateSettings, readPlatformSettings } from "../../deploy/local/settings.ts";

test("without settings the edge is on 8080 of loopback and everything has a port of its own", () => {
  const { host, ports } = readPlatformSettings({});
  assert.equal(host, "127.0.0.1");
  assert.equal(ports.HERALD_PORT, 8080);
  assert.equal(new Set(Object.values(ports)).size, Object.values(ports).length);
});

test("HERALD_PORT_BASE moves all internal ports, and a single one can be moved apart", () => {
  const { ports } = readPlatformSettings({ HERALD_PORT_BASE: "27000", HERALD_REDIS_PORT: "6400" });
  assert.equal(ports.HERALD_POSTGRES_PORT, 27_432);
  assert.equal(ports.HERALD_REDIS_PORT, 6_400);
  assert.equal(ports.HERALD_PORT, 8_080);
});

test("everything that is wrong is named together, with what would be right", () => {
  const wrong = {
    HERALD_PORT: "eighty",
    HERALD_SMTP_PORT: "70000",
    DATABASE_URL: "localhost:5432",
    REDIS_URL: "http://x",
  };
  assert.throws(
    () => readPlatformSettings(wrong),
    (error: Error) => {
      for (const name of Object.keys(wrong)) assert.match(error.message, new RegExp(name));
      assert.match(error.message, /from 1 to 65535/);
      assert.match(error.message, /postgres:\/\//);
      assert.doesNotMatch(error.message, /localhost:5432/, "a database URL may hold a password");
      return true;
    },
  );
});

test("two things on one port are refused by name", () => {
  assert.throws(
    () => readPlatformSettings({ HERALD_PORT: "17432" }),
    /HERALD_PORT and HERALD_POSTGRES_PORT are both 17432/,
  );
});

test("private settings take free ports, so that platforms can run side by side", async () => {
  const [one, other] = await Promise.all([privateSettings("/tmp/one"), privateSettings("/tmp/other")]);
  const both = [...Object.values(one.ports), ...Object.values(other.ports)];
  assert.equal(new Set(Object.values(one.ports)).size, Object.values(one.ports).length);
  assert.ok(both.every((port) => port > 1_023));
});

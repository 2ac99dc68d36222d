import assert from "node:assert/strict";
import { test } from "node:test";
import { commonConfig } from "../../../svc/lib/service/common-config.ts";
import { ConfigError, type Env, readSettings } from "../../../svc/lib/service/config.ts";

const read = (env: Record<string, string>) =>
  readSettings(
    (from: Env) => ({
      rows: from.int("ROWS", 1_000, "rows a batch", { least: 1, most: 5_000 }),
      share: from.number("SHARE", 0.5, "share of calls", { most: 1 }),
      waitMs: from.durationMs("WAIT", 30_000, "wait"),
      on: from.bool("ON", true, "switch"),
      mode: from.oneOf("MODE", ["fast", "safe"], "safe", "how"),
      zones: from.list("ZONES", ["UTC"], "zones"),
      url: from.url("URL", "https://a.test", "where", ["https"]),
    }),
    env,
  );

test("settings have defaults that work, and are typed when given", () => {
  const usual = {
    rows: 1_000,
    share: 0.5,
    waitMs: 30_000,
    on: true,
    mode: "safe",
    zones: ["UTC"],
    url: "https://a.test",
  };
  assert.deepEqual(read({}), usual);
  assert.deepEqual(read({ ROWS: "", WAIT: " " }), usual);
  assert.deepEqual(
    read({ ROWS: "7", SHARE: "0.25", WAIT: "5m", ON: "off", MODE: "fast", ZONES: "a, b", URL: "https://b.test" }),
    {
      rows: 7,
      share: 0.25,
      waitMs: 300_000,
      on: false,
      mode: "fast",
      zones: ["a", "b"],
      url: "https://b.test",
    },
  );
});

test("every problem is told at once, with the name, what would be right and what was given", () => {
  const bad = { ROWS: "5001", SHARE: "2", WAIT: "soon", ON: "maybe", MODE: "quick", URL: "ftp://x" };
  assert.throws(
    () => read(bad),
    (error: unknown) => {
      assert.ok(error instanceof ConfigError);
      assert.equal(error.problems.length, 6);
      assert.match(error.message, /ROWS must be a whole number from 1 to 5000, not "5001" \(rows a batch\)/);
      assert.match(error.message, /MODE must be one of fast, safe, not "quick"/);
      return true;
    },
  );
});

test("a missing or short secret is told without showing it", () => {
  const env = { HERALD_MESH_KEY: "too-short", DATABASE_URL: "" };
  assert.throws(
    () => readSettings((from) => commonConfig(from, "lists"), env),
    (error: unknown) => {
      assert.ok(error instanceof ConfigError);
      assert.match(error.message, /HERALD_MESH_KEY must be at least 32 bytes long/);
      assert.match(error.message, /DATABASE_URL is missing: PostgreSQL, as the login role herald_lists/);
      assert.ok(!error.message.includes("too-short"));
      return true;
    },
  );
});

test("mutual TLS needs all three files, and each that cannot be read is named", () => {
  const env = {
    HERALD_MESH_KEY: "k".repeat(32),
    DATABASE_URL: "postgres://x@127.0.0.1/x",
    HERALD_TLS_CERT_FILE: "/nowhere/cert.pem",
    HERALD_TLS_KEY_FILE: "/nowhere/key.pem",
  };
  assert.throws(
    () => readSettings((from) => commonConfig(from, "lists"), env),
    /HERALD_TLS_CERT_FILE: cannot read[\s\S]*HERALD_TLS_CA_FILE is missing/,
  );
});

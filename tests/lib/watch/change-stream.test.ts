import assert from "node:assert/strict";
import { test } from "node:test";
import pg from "pg";
import { pino } from "pino";
import { Bell } from "../../../svc/lib/async/bell.ts";
import { ChangeStream } from "../../../svc/lib/watch/change-stream.ts";
import { openDatabase } from "../../../svc/lib/postgres/db.ts";
import { cleanup } from "../cleanup.ts";
import { adminUrl, testDatabaseFrom } from "../servers.ts";

const forever = new AbortController().signal;
/** Whether a promise has resolved by now, without waiting for it. */
const isDone = async (promise: Promise<void>): Promise<boolean> =>
  Promise.race([promise.then(() => true), new Promise<boolean>((resolve) => setImmediate(() => resolve(false)))]);

test("a change wakes those who watch the thing, and nobody else", async () => {
  const changes = new ChangeStream();
  const [first, second, other] = ["a", "a", "b"].map((key) => changes.watch(key, forever).changed());
  changes.changed("a");
  await Promise.all([first, second]);
  assert.equal(await isDone(other as Promise<void>), false);
});

test("any number of changes before a look are one, and none of them is lost", async () => {
  const changes = new ChangeStream();
  const watch = changes.watch("a", forever);
  for (let i = 0; i < 1_000; i++) changes.changed("a");
  await watch.changed();
  const next = watch.changed();
  assert.equal(await isDone(next), false);
  changes.changed("a");
  await next;
});

test("a wait ends by itself in time, and with its signal; an ended watch is woken no more", async () => {
  const changes = new ChangeStream();
  await changes.watch("a", forever).changed(1);
  const leaving = new AbortController();
  const left = changes.watch("a", leaving.signal).changed();
  leaving.abort();
  await left;
  await changes.watch("a", leaving.signal).changed();
  const ended = changes.watch("a", forever);
  ended.end();
  changes.changed("a");
  assert.equal(await isDone(ended.changed()), false);
});

test("notifications of PostgreSQL wake watchers, and after a cut connection everybody looks again", async (t) => {
  const { lists: url } = await testDatabaseFrom(t, { lists: new URL("../sql/", import.meta.url) });
  const log = pino({ level: "silent" });
  const db = openDatabase({ url, service: "lists", connections: 1, statementTimeoutMs: 2_000, log });
  cleanup(t, () => db.close());
  const changes = new ChangeStream();
  const watches = ["a", "b", "c"].map((key) => changes.watch(key, forever));
  const listening = changes.listen(db, "changes", (payload) => payload.split(","));
  cleanup(t, () => listening.stop());
  await Promise.all(watches.map((watch) => watch.changed()));
  const told = watches.map((watch) => watch.changed());
  await db.everyTenant().query("select pg_notify('changes', 'a,b')");
  await Promise.all(told.slice(0, 2));
  assert.equal(await isDone(told[2] as Promise<void>), false);
  const admin = new pg.Client({ connectionString: await adminUrl() });
  await admin.connect();
  await admin.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'herald-listen-changes'",
  );
  await admin.end();
  await told[2];
});

test("a bell that rang before anybody listened is heard once", async () => {
  const bell = new Bell();
  bell.ring();
  await bell.heard();
  assert.equal(await isDone(bell.heard()), false);
});

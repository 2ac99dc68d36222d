import assert from "node:assert/strict";
import { test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { EchoDefinition } from "../echo.ts";
import { bootEcho } from "../echo-service.ts";
import { newId, rejectsWith, status, until, userClient } from "../harness.ts";

const speaker = { tenantId: newId(), permissions: ["echo.say"] };

test("a slow reader slows the handler down, so that nothing piles up", async (t) => {
  let yielded = 0;
  const count = async function* () {
    const text = "x".repeat(64 * 1024);
    while (yielded < 2_000) yield { text, count: ++yielded };
  };
  const { address } = await bootEcho(t, { handlers: { count } });
  const echo = await userClient(t, address, EchoDefinition, speaker);
  let read = 0;
  for await (const message of echo.count({})) {
    read = message.count;
    if (read < 5) await new Promise((resolve) => setTimeout(resolve, 30));
    if (read === 5) assert.ok(yielded < 300, `${yielded} messages of 64 KiB were made for a reader who took 5`);
  }
  assert.equal(read, 2_000);
});

test("a slow handler slows the uploader down", async (t) => {
  let sent = 0;
  let taken = 0;
  const go = Promise.withResolvers<void>();
  const { address } = await bootEcho(t, {
    handlers: {
      async sum(requests) {
        for await (const request of requests) {
          taken += request.count;
          if (taken === 3) await go.promise;
        }
        return { count: taken };
      },
    },
  });
  const echo = await userClient(t, address, EchoDefinition, speaker);
  const upload = echo.sum(
    (async function* () {
      const text = "x".repeat(64 * 1024);
      while (sent < 1_000) yield { text, count: (sent++, 1) };
    })(),
  );
  await until(() => taken === 3);
  const soFar = await until(async () => {
    const before = sent;
    await new Promise((resolve) => setTimeout(resolve, 100));
    return sent === before ? sent : 0;
  });
  assert.ok(soFar < 300, `${soFar} messages of 64 KiB were sent to a handler that took 3`);
  go.resolve();
  assert.equal((await upload).count, 1_000);
});

test("an upload that is cut off is an error for the handler, never a whole upload", async (t) => {
  const outcome = Promise.withResolvers<string>();
  const { address } = await bootEcho(t, {
    handlers: {
      async sum(requests) {
        let got = 0;
        try {
          for await (const request of requests) got += request.count;
          outcome.resolve(`taken for whole after ${got}`);
        } catch (error) {
          outcome.resolve(`${(error as Error).message} after ${got}`);
          throw error;
        }
        return {};
      },
    },
  });
  const echo = await userClient(t, address, EchoDefinition, speaker);
  const leave = new AbortController();
  const upload = echo.sum(
    (async function* () {
      yield { count: 1 };
      await new Promise((resolve) => setTimeout(resolve, 100));
      leave.abort();
      await new Promise((resolve) => setTimeout(resolve, 60_000).unref());
    })(),
    { signal: leave.signal },
  );
  await rejectsWith(upload, status.CANCELLED);
  assert.equal(await outcome.promise, "The call was cancelled. after 1");
});

test("a caller who leaves a stream ends its handler, also one that waits for something else", async (t) => {
  let ended = 0;
  const wait = async function* (_req: unknown, ctx: { signal: AbortSignal }) {
    try {
      for (let count = 1; ; count++) {
        yield { count };
        if (count === 2) await new Promise((resolve) => ctx.signal.addEventListener("abort", resolve));
      }
    } finally {
      ended += 1;
    }
  };
  const { address } = await bootEcho(t, { handlers: { count: wait, talk: wait } });
  const echo = await userClient(t, address, EchoDefinition, speaker);
  for await (const { count } of echo.count({})) if (count === 2) break;
  await until(() => ended === 1);
  const endless = async function* () {
    for (;;) yield { text: await new Promise<string>((resolve) => setTimeout(resolve, 10, "x")) };
  };
  for await (const { count } of echo.talk(endless())) if (count === 2) break;
  await until(() => ended === 2);
});

test("a handler that refuses an upload early answers at once, while the uploader still sends", async (t) => {
  const { address } = await bootEcho(t, { handlers: { sum: async () => ({ count: -1 }) } });
  const echo = await userClient(t, address, EchoDefinition, speaker);
  let sent = 0;
  const endless = async function* () {
    for (;;) yield { count: (sent++, 1), text: "x".repeat(10_000) };
  };
  assert.equal((await echo.sum(endless())).count, -1);
  const after = sent;
  await new Promise((resolve) => setTimeout(resolve, 100));
  assert.ok(sent <= after + 1, "the uploader stopped once it had its answer");
});

test("an error in the middle of a stream comes after what was sent, with its details", async (t) => {
  const { address } = await bootEcho(t, {
    handlers: {
      async *count() {
        yield { count: 1 };
        yield { count: 2 };
        throw new Error("a fault of ours");
      },
    },
  });
  const echo = await userClient(t, address, EchoDefinition, speaker);
  const got: number[] = [];
  const reading = (async () => {
    for await (const { count } of echo.count({})) got.push(count);
  })();
  const told = await rejectsWith(reading, status.INTERNAL, "ERROR_REASON_INTERNAL");
  assert.deepEqual(got, [1, 2]);
  assert.ok(told.metadata["requestId"]);
});

test("a long stream keeps memory flat on both sides", async (t) => {
  const { address } = await bootEcho(t);
  const echo = await userClient(t, address, EchoDefinition, speaker);
  let settled = 0;
  let read = 0;
  for await (const { count } of echo.count({ count: 60_000 })) {
    read = count;
    if (count === 20_000) settled = heapMb();
  }
  assert.equal(read, 60_000);
  const ended = heapMb();
  assert.ok(ended < settled + 8, `${settled} MB grew to ${ended} MB over 40,000 messages`);
});

/** The heap in use after a garbage collection. */
function heapMb(): number {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  return Math.round(process.memoryUsage().heapUsed / 1e6);
}

/** What a test opened is closed after it, last first: a service before its database. (node:test runs `after` hooks in the order they were given.) */
import type { TestContext } from "node:test";

const stacks = new WeakMap<TestContext, (() => unknown)[]>();

/** Runs `close` after the test, before everything that was opened earlier. */
export function cleanup(t: TestContext, close: () => unknown): void {
  const stack = stacks.get(t);
  if (stack) return void stack.push(close);
  const fresh = [close];
  stacks.set(t, fresh);
  t.after(async () => {
    for (let next = fresh.pop(); next; next = fresh.pop()) await next();
  });
}

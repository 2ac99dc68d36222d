/**
 * Closes after a test what it has opened, the last first: a service before its database. (node:test runs `after` hooks in the order in
 * which they were given.)
 */

import { after } from "node:test";

/** A test, or `wholeFile` for resources that all tests of a file share. */
export interface Owner {
  after(close: () => unknown): void;
}

/** All tests of a file together: shared resources are closed after the last test, before the servers that they need. */
export const wholeFile: Owner = { after };

const stacks = new WeakMap<Owner, (() => unknown)[]>();

/** Runs `close` after the test, before everything that was opened earlier. */
export function cleanup(t: Owner, close: () => unknown): void {
  const stack = stacks.get(t);
  if (stack) return void stack.push(close);
  const fresh = [close];
  stacks.set(t, fresh);
  t.after(async () => {
    for (let next = fresh.pop(); next; next = fresh.pop()) await next();
  });
}

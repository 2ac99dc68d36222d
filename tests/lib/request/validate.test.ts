import assert from "node:assert/strict";
import { test } from "node:test";
import { Checks } from "../../../svc/lib/request/validate.ts";
import { RpcError } from "../../../svc/lib/errors/errors.ts";

test("of a request with very many wrong values the first hundred are told, and how many others there are", () => {
  const check = new Checks();
  for (let i = 0; i < 100_000; i += 1) check.that(false, `values[${i}]`, "Required.");
  assert.throws(
    () => check.done(),
    (error) => {
      assert.ok(error instanceof RpcError);
      assert.equal(error.fields.length, 100);
      assert.match(error.message, /^100000 fields are wrong: values\[0\], .*values\[99\], and 99900 more\.$/);
      return true;
    },
  );
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { echoMethods } from "../echo.ts";
import { bootEcho } from "../echo-service.ts";
import { walkRpcs } from "../walk-rpcs.ts";

test("the walk calls every RPC of every kind and finds nothing where all keep their promise", async (t) => {
  const { address } = await bootEcho(t);
  const walk = await walkRpcs({ addresses: { lists: address }, methods: echoMethods });
  assert.deepEqual(walk.walked.toSorted(), Object.keys(echoMethods).toSorted());
  assert.deepEqual(walk.faults, []);
});

test("the walk finds an RPC of each kind that lets in whom it must not", async (t) => {
  const open = Object.fromEntries(
    Object.entries(echoMethods).map(([path, rule]) => [path, { ...rule, requires: "public", audit: null }]),
  );
  const { address } = await bootEcho(t, { methods: open });
  const walk = await walkRpcs({ addresses: { lists: address }, methods: echoMethods });
  for (const name of ["Say", "Count", "Sum", "Talk", "Inner"]) {
    assert.equal(walk.faults.filter((fault) => fault.includes(`/${name} `)).length, 2, name);
  }
});

test("the walk finds an RPC that asks for another permission than the contract says", async (t) => {
  const path = "/herald.lists.v1.EchoService/Say";
  const { address } = await bootEcho(t, {
    methods: { ...echoMethods, [path]: { ...echoMethods[path]!, requires: "echo.other" } },
  });
  const walk = await walkRpcs({ addresses: { lists: address }, methods: echoMethods });
  assert.deepEqual(walk.faults, [
    `${path} answered somebody without echo.say with PERMISSION_DENIED ERROR_REASON_PERMISSION_MISSING echo.other`,
  ]);
});

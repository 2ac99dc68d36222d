import assert from "node:assert/strict";
import { test } from "node:test";
import { writtenDevice } from "../../../svc/lib/devices/written.ts";

test("a device is understood however it is written, and the region is asked only where the number needs it", async () => {
  const asked: string[] = [];
  const region = (name: string) => async () => {
    asked.push(name);
    return name;
  };
  for (const [text, inRegion, value] of [
    ["(504) 621-8927", "US", "+15046218927"],
    ["504.621.8927", "US", "+15046218927"],
    [" 1 504 621 8927 ", "US", "+15046218927"],
    ["020 7946 0018", "GB", "+442079460018"],
    ["Jo.Novak@Example.COM", "never", "jo.novak@example.com"],
    ["+1 (504) 621-8927", "never", "+15046218927"],
    ["0015046218927", "never", "+15046218927"],
    ["Ann Roe", "never", "Ann Roe"],
    ["C-1001", "never", "C-1001"],
    ["123", "US", "123"],
    ["", "never", ""],
  ] as const) {
    assert.equal(await writtenDevice(text, region(inRegion)), value, text);
  }
  assert.deepEqual(new Set(asked), new Set(["US", "GB"]));
});

/** The demo continues when a part of the platform is unavailable for a moment. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { done, signIn } from "../../demo/api.ts";
import { bootPlatform } from "../lib/platform.ts";

test("a call while a service is away waits for it, and is answered", async (t) => {
  const { platform } = await bootPlatform(t);
  if (!platform.demo) throw new Error("The demo tenant is missing.");
  const api = await signIn(platform.edgeUrl, platform.demo);
  const name = "Made while lists was away";
  platform.kill("lists");
  const { contactList } = done(
    await api.rest.POST("/v1/contact-lists", {
      body: { contactList: { name }, requestId: crypto.randomUUID() },
    }),
  );
  assert.equal(contactList?.name, name);
  platform.kill("lists");
  const imported = await api.upload<{ import: { acceptedCount: string } }>(
    `/v1/contact-lists/${contactList?.id}/records:import`,
    new URLSearchParams({ fileName: "one.csv" }),
    new Blob(["email\nann@example.com\n"]),
  );
  assert.equal(imported.import.acceptedCount, "1");
  await assert.rejects(async () =>
    done(await api.rest.GET("/v1/contact-lists", { params: { query: { pageSize: -1 } } })),
  );
});

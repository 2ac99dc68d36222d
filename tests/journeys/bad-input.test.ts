/** Invalid input, sent through the edge as with curl: each time there is a clear error or rejected rows, no crash, and no half-finished import. */
import assert from "node:assert/strict";
import { randomBytes, randomUUID } from "node:crypto";
import { request } from "node:http";
import { test } from "node:test";
import type { ApiError, Import, ImportRecordsResponse } from "../../gen/rest.ts";
import { newId } from "../lib/harness.ts";
import { bootPlatform, ok, otherTenant, restClient } from "../lib/platform.ts";
import { asCsv, makePeople } from "./people.ts";

const SMALL = asCsv(makePeople(20));

test("bad input", async (t) => {
  const { platform, rest, token } = await bootPlatform(t);
  const authorization = `Bearer ${token}`;

  const makeList = async (name: string): Promise<string> =>
    ok(await rest.POST("/v1/contact-lists", { body: { contactList: { name }, requestId: randomUUID() } })).contactList
      ?.id ?? "";
  const upload = async (
    contactListId: string,
    body: string | Buffer,
    query = "",
  ): Promise<{ http: number; answer: ImportRecordsResponse & ApiError }> => {
    const url = `${platform.edgeUrl}/v1/contact-lists/${contactListId}/records:import?${query}`;
    const response = await fetch(url, {
      method: "POST",
      headers: { authorization, "content-type": "text/csv" },
      body: typeof body === "string" ? body : new Uint8Array(body),
    });
    return { http: response.status, answer: (await response.json()) as never };
  };
  const recordCount = async (contactListId: string): Promise<number> =>
    Number(
      ok(await rest.GET("/v1/contact-lists/{contactListId}", { params: { path: { contactListId } } })).contactList
        ?.recordCount,
    );

  const refusedFiles: [string, string | Buffer, string][] = [
    ["an empty file", "", "empty"],
    ["a header and nothing else", "Client ID,Mobile\r\n", "header_only"],
    ["a binary", Buffer.concat([Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 0]), randomBytes(200_000)]), "not_text"],
    [
      "1,001 columns",
      `${Array.from({ length: 1_001 }, (_, i) => `c${i}`).join(",")}\n${"x,".repeat(1_000)}x\n`,
      "too_many_columns",
    ],
    ["a line of 50 MB", `Client ID,Mobile\nC-1,${"9".repeat(50 << 20)}\n`, "line_too_long"],
  ];
  for (const [what, body, problem] of refusedFiles) {
    await t.test(`${what} is refused with the reason "${problem}", and nothing is imported`, async () => {
      const list = await makeList(what);
      const { http, answer } = await upload(list, body);
      assert.equal(http, 400, JSON.stringify(answer).slice(0, 500));
      assert.match(JSON.stringify(answer.details), /ERROR_REASON_FILE_UNREADABLE/);
      assert.match(JSON.stringify(answer.details), new RegExp(`"problem":"${problem}"`));
      assert.equal(await recordCount(list), 0);
    });
  }

  await t.test("bytes that are not the encoding that was named reject their rows alone", async () => {
    const list = await makeList("Wrong encoding");
    const file = Buffer.concat([
      Buffer.from("Client ID,First Name,Mobile\nC-1,Ren"),
      Buffer.from([0xe9]),
      Buffer.from(",+12125550101\nC-2,Ada,+12125550102\n"),
    ]);
    const { http, answer } = await upload(list, file, "encoding=utf-8");
    assert.equal(http, 200, JSON.stringify(answer));
    assert.deepEqual(answer.import?.rejectedByReason, { encoding: "1" });
    assert.equal(await recordCount(list), 1);
  });

  await t.test("1,000 columns are read", async () => {
    const list = await makeList("Wide");
    const header = ["Client ID", "Mobile", ...Array.from({ length: 998 }, (_, i) => `c${i}`)];
    const leaveOut = header
      .slice(2)
      .map((name) => `mapping=${name}%3D`)
      .slice(0, 950)
      .join("&");
    const { http, answer } = await upload(
      list,
      `${header.join(",")}\n${["C-1", "+12125550101", ...Array.from({ length: 998 }, () => "x")].join(",")}\n`,
      leaveOut,
    );
    assert.equal(http, 200, JSON.stringify(answer).slice(0, 500));
    assert.equal(Number(answer.import?.acceptedCount), 1);
  });

  await t.test("an upload that is cut off imports nothing, and the list can be imported into at once", async () => {
    const list = await makeList("Cut off");
    await cutOff(
      `${platform.edgeUrl}/v1/contact-lists/${list}/records:import`,
      authorization,
      asCsv(makePeople(100)).repeat(500),
    );
    let again = await upload(list, SMALL);
    for (let tries = 0; again.http !== 200 && tries < 100; tries++) {
      assert.match(JSON.stringify(again.answer), /ERROR_REASON_IMPORT_IN_PROGRESS/);
      again = await upload(list, SMALL);
    }
    assert.equal(await recordCount(list), 20);
    const { imports } = ok(
      await rest.GET("/v1/contact-lists/{contactListId}/imports", { params: { path: { contactListId: list } } }),
    );
    const [last, ...before] = imports.map(({ state }) => state);
    assert.equal(last, "IMPORT_STATE_SUCCEEDED");
    assert.ok(before.every((state) => state === "IMPORT_STATE_FAILED"));
  });

  await t.test("the same upload twice at once: one is taken, the other is told that it is not alone", async () => {
    const list = await makeList("Twice");
    const file = asCsv(makePeople(100));
    const answers = await Promise.all([upload(list, file), upload(list, file)]);
    const taken = answers.filter(({ http }) => http === 200);
    for (const { http, answer } of answers.filter((one) => one.http !== 200)) {
      assert.equal(http, 400);
      assert.match(JSON.stringify(answer.details), /ERROR_REASON_IMPORT_IN_PROGRESS/);
    }
    assert.ok(taken.length >= 1);
    for (const { answer } of taken) assert.equal(Number((answer.import as Import).acceptedCount), 100);
    // If the first import ended before the second began, the second updated the people whom the first had added.
    assert.equal(await recordCount(list), 100);
  });

  await t.test("a token of another tenant sees nothing of this one", async () => {
    const list = await makeList("Ours");
    await upload(list, SMALL);
    const other = restClient(platform.edgeUrl, await otherTenant(platform));
    const path = { contactListId: list };
    const answers = [
      await other.GET("/v1/contact-lists/{contactListId}", { params: { path } }),
      await other.GET("/v1/contact-lists/{contactListId}/records", { params: { path } }),
      await other.DELETE("/v1/contact-lists/{contactListId}", { params: { path } }),
    ];
    for (const { response, error } of answers) {
      assert.equal(response.status, 404);
      assert.match(JSON.stringify(error), /ERROR_REASON_LIST_NOT_FOUND/);
    }
    assert.deepEqual(ok(await other.GET("/v1/contact-lists")).contactLists, []);
    assert.equal(await recordCount(list), 20);
  });

  await t.test("ids that do not exist, and things that are no ids, are told apart", async () => {
    for (const path of [
      "contact-lists",
      "suppression-lists",
      "campaign-groups",
      "compliance-rules",
      "attempts",
      "contacts",
      "interactions",
      "jobs",
      "imports",
      "users",
      "roles",
      "api-keys",
    ]) {
      const missing = await fetch(`${platform.edgeUrl}/v1/${path}/${newId()}`, { headers: { authorization } });
      assert.equal(missing.status, 404, path);
      assert.match(JSON.stringify(await missing.json()), /NOT_FOUND/);
      const noId = await fetch(`${platform.edgeUrl}/v1/${path}/17`, { headers: { authorization } });
      assert.equal(noId.status, 400, path);
    }
  });

  await t.test("JSON of wrong types names the field", async () => {
    const bodies: [string, string, RegExp][] = [
      ["/v1/contact-lists", '{"contactList":{"name":17}}', /contact_list\.name/],
      ["/v1/contact-lists", '{"contactList":[]}', /not repeating/],
      ["/v1/contact-lists", "{}", /contact_list/],
      ["/v1/contact-lists", JSON.stringify({ contactList: { name: "x".repeat(121) } }), /120/],
      ["/v1/attempt-checks", '{"check":{"channel":"CHANNEL_PIGEON","contactInfo":"+12125550101"}}', /channel/i],
      ["/v1/attempt-checks", '{"check":{"channel":"CHANNEL_VOICE"}}', /contact_info/],
      ["/v1/campaign-groups", '{"campaignGroup":{"name":"No channel","contactListIds":["x"]}}', /contact_list_ids/],
      [
        "/v1/compliance-rules",
        '{"rule":{"name":"Odd","contactWindow":{"places":["Atlantis"],"openTimes":[{"weekdays":[9],"fromMinute":5,"untilMinute":1}]}}}',
        /places|weekdays/,
      ],
      ["/v1/users", '{"user":{"email":"nobody","roleIds":[]},"password":"short"}', /email|password/],
    ];
    for (const [path, body, names] of bodies) {
      const response = await fetch(`${platform.edgeUrl}${path}`, {
        method: "POST",
        headers: { authorization, "content-type": "application/json" },
        body,
      });
      const text = await response.text();
      assert.equal(response.status, 400, `${path} ${body}: ${text}`);
      assert.match(text, names);
    }
  });
});

/** Sends half of a body and closes the connection. */
function cutOff(url: string, authorization: string, body: string): Promise<void> {
  return new Promise((resolve) => {
    const call = request(url, {
      method: "POST",
      headers: { authorization, "content-type": "text/csv", "content-length": Buffer.byteLength(body) },
    });
    call.on("error", () => resolve());
    call.write(body.slice(0, body.length / 2), () => setImmediate(() => call.destroy()));
    call.on("close", () => resolve());
  });
}

/** One caller, hostile or broken, against a real edge with every service behind it: whatever it holds, others are answered. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { request } from "node:http";
import { type ClientHttp2Session, type ClientHttp2Stream, connect as connectHttp2 } from "node:http2";
import { join } from "node:path";
import { test } from "node:test";
import { WatchCampaignGroupRequest } from "../../gen/herald/campaigns/v1/campaign_group_service.ts";
import type { ApiError } from "../../gen/rest.ts";
import { cleanup, type Owner } from "../lib/cleanup.ts";
import { newId, status, until } from "../lib/harness.ts";
import { bootPlatform, ok, otherTenant, restClient } from "../lib/platform.ts";
import { importList } from "../journeys/journey.ts";
import { asCsv, makePeople } from "../journeys/people.ts";

/** Opens calls and keeps them: without their end they are half of a call. */
async function openCalls(
  t: Owner,
  edgeUrl: string,
  count: number,
  headers: Record<string, string>,
  body?: Buffer,
): Promise<{ closed: () => number; answers: string[] }> {
  const PER_CONNECTION = 100;
  const answers: string[] = [];
  let closed = 0;
  const sessions: ClientHttp2Session[] = [];
  cleanup(t, () => sessions.forEach((session) => session.destroy()));
  for (let opened = 0; opened < count; opened += PER_CONNECTION) {
    const session = connectHttp2(edgeUrl).on("error", () => {});
    sessions.push(session);
    await new Promise((resolve) => session.once("remoteSettings", resolve));
    for (let i = 0; i < PER_CONNECTION; i++) {
      const call: ClientHttp2Stream = session.request({
        ":method": "POST",
        "content-type": "application/grpc",
        te: "trailers",
        ...headers,
      });
      call.on("error", () => {}).on("close", () => (closed += 1));
      const note = (told: object) => "grpc-status" in told && answers.push(String(told["grpc-status"]));
      call.on("response", note).on("trailers", note).resume();
      if (body) call.end(body);
    }
  }
  return { closed: () => closed, answers };
}

/** A call from another address of this machine. */
function callFrom(localAddress: string, url: string, body: object): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const call = request(url, { method: "POST", localAddress, headers: { "content-type": "application/json" } });
    call.on("error", reject).on("response", (response) => {
      response.setEncoding("utf8");
      let text = "";
      response.on("data", (part: string) => (text += part));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
    });
    call.end(JSON.stringify(body));
  });
}

test("2,000 half-open calls of strangers keep nobody from signing in, and the edge stays well", async (t) => {
  const { platform, rest } = await bootPlatform(t, { HERALD_ADDRESS_RATE: "1000" });
  const held = await openCalls(t, platform.edgeUrl, 2_000, { ":path": "/herald.identity.v1.TokenService/IssueToken" });
  const answer = await callFrom("127.0.0.2", `${platform.edgeUrl}/v1/tokens`, { password: platform.demo });
  assert.equal(answer.status, 200, answer.text);
  assert.equal(held.closed(), 0, "all of them are still open");
  assert.ok(ok(await rest.GET("/v1/tenant")).tenant);
  assert.equal((await fetch(`${platform.edgeUrl}/healthz`)).status, 200);
});

test("1,500 watches of one user, whole and half, leave another tenant's campaigns to be listed", async (t) => {
  const booted = await bootPlatform(t, { HERALD_TENANT_RATE: "10000" });
  const { platform, token } = booted;
  const other = restClient(platform.edgeUrl, await otherTenant(platform));
  const { contactListId } = await importList(booted, "Watched", asCsv(makePeople(5)));
  const body = {
    campaignGroup: {
      name: "Watched",
      contactListIds: [contactListId],
      channel: "CHANNEL_EMAIL" as const,
      content: { from: "a@example.com", subject: "Hello", text: "Hello" },
    },
  };
  const campaignGroupId = ok(await booted.rest.POST("/v1/campaign-groups", { body })).campaignGroup?.id ?? "";
  const headers = {
    ":path": "/herald.campaigns.v1.CampaignGroupService/WatchCampaignGroup",
    authorization: `Bearer ${token}`,
  };
  const request = WatchCampaignGroupRequest.encode({ campaignGroupId }).finish();
  const frame = Buffer.concat([Buffer.from([0, 0, 0, 0, request.length]), request]);
  await openCalls(t, platform.edgeUrl, 1_500, headers);
  const { answers } = await openCalls(t, platform.edgeUrl, 1_500, headers, frame);
  await until(async () => (await other.GET("/v1/campaign-groups")).data);
  await until(() => answers.length >= 1_500 - 64);
  assert.deepEqual([...new Set(answers)], [String(status.RESOURCE_EXHAUSTED)]);
});

test("a stranger's address has a bucket of its own, and the access log says who called", async (t) => {
  const { platform, token } = await bootPlatform(t, { HERALD_ADDRESS_RATE: "10" });
  const call = (path: string, headers: Record<string, string> = {}) => fetch(`${platform.edgeUrl}${path}`, { headers });
  const nobody = () => fetch(`${platform.edgeUrl}/v1/tokens`, { method: "POST", body: "{}" });
  const answers = await Promise.all(Array.from({ length: 100 }, nobody));
  const refused = answers.filter((answer) => answer.status === 429);
  assert.ok(refused.length >= 40, `${refused.length} of 100 were refused`);
  for (const answer of refused.slice(0, 1)) assert.equal(((await answer.json()) as ApiError).code, 8);
  const authorization = `Bearer ${token}`;
  assert.equal((await call("/v1/tenant", { authorization })).status, 200, "who has a token is counted by tenant");
  const elsewhere = await callFrom("127.0.0.3", `${platform.edgeUrl}/v1/tokens`, { password: platform.demo });
  assert.equal(elsewhere.status, 200, elsewhere.text);

  const requestId = newId();
  await call("/v1/tenant", { authorization, "x-request-id": requestId, "x-forwarded-for": "203.0.113.9" });
  const line = await until(async () => {
    const log = await readFile(join(platform.settings.dataDir, "logs", "access.log"), "utf8").catch(() => "");
    return log.split("\n").find((one) => one.includes(requestId));
  });
  const { client, peer } = JSON.parse(line) as Record<string, string>;
  assert.deepEqual([client, peer], ["127.0.0.1", "127.0.0.1"], "nobody's word is taken for an address");
});

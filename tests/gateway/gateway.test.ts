/** What the edge promises, proven through real Envoy with every service behind it. */
import assert from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import { request as plainRequest } from "node:http";
import { test } from "node:test";
import { JobServiceDefinition } from "../../gen/herald/jobs/v1/job_service.ts";
import { TenantServiceDefinition } from "../../gen/herald/identity/v1/tenant_service.ts";
import { methods } from "../../gen/methods.ts";
import type { ApiError } from "../../gen/rest.ts";
import { bindScope, connect } from "../../svc/lib/client/client.ts";
import { newId, rejectsWith, status, until } from "../lib/harness.ts";
import { bootPlatform } from "../lib/platform.ts";
import { listServices } from "./reflection.ts";

test("the edge", async (t) => {
  const { platform, token } = await bootPlatform(t, { HERALD_TENANT_RATE: "100" });
  const edge = platform.edgeUrl;
  const bearer = { authorization: `Bearer ${token}` };
  const call = (path: string, init: RequestInit = {}) => fetch(`${edge}${path}`, { redirect: "manual", ...init });
  const signedIn = (path: string, init: RequestInit = {}) =>
    call(path, { ...init, headers: { ...bearer, ...(init.headers as Record<string, string>) } });

  /** Every error has one shape, whoever made it. */
  const isError = async (response: Response, http: number, code: number, reason: string): Promise<ApiError> => {
    const error = (await response.json()) as ApiError;
    assert.equal(response.status, http);
    assert.equal(error.code, code);
    assert.equal(typeof error.message, "string");
    assert.ok(
      error.details.some((detail) => "reason" in detail && detail.reason === `ERROR_REASON_${reason}`),
      JSON.stringify(error),
    );
    return error;
  };

  await t.test("serves REST and gRPC with the same names on the same port", async () => {
    const { tenant } = (await (await signedIn("/v1/tenant")).json()) as { tenant: { slug: string } };
    assert.equal(tenant.slug, "demo");
    const connection = connect({ address: new URL(edge).host, token: () => bearer.authorization, deadlineMs: 5_000 });
    try {
      const answer = await bindScope(connection.client(TenantServiceDefinition), { tenantId: "" }).getTenant({});
      assert.equal(answer.tenant?.slug, "demo");
      await rejectsWith(
        bindScope(connection.client(JobServiceDefinition), { tenantId: "" }).getJob({ jobId: newId() }),
        status.NOT_FOUND,
        "ERROR_REASON_JOB_NOT_FOUND",
      );
    } finally {
      connection.close();
    }
  });

  await t.test("shows every service by reflection, and hides what services say among themselves", async () => {
    const shown = await listServices(new URL(edge).host);
    const open = Object.entries(methods).filter(([, { requires }]) => !requires?.startsWith("mesh."));
    for (const [path] of open) assert.ok(shown.includes(path.split("/")[1] ?? ""), path);
    const connection = connect({ address: new URL(edge).host, token: () => bearer.authorization, deadlineMs: 5_000 });
    try {
      const hidden = bindScope(connection.client(JobServiceDefinition), { tenantId: "" }).registerJob({
        job: { id: newId() },
      });
      await rejectsWith(hidden, status.UNIMPLEMENTED);
    } finally {
      connection.close();
    }
  });

  await t.test("gives every error one shape, those of services and its own", async () => {
    await isError(await call("/v1/tenant"), 401, 16, "NOT_AUTHENTICATED");
    await isError(await call("/v1/tenant", { headers: { authorization: "Bearer abc" } }), 401, 16, "NOT_AUTHENTICATED");
    await isError(await signedIn("/v1/nothing"), 404, 5, "PATH_UNKNOWN");
    await isError(await call("/nothing"), 404, 5, "PATH_UNKNOWN");
    await isError(await signedIn("/v1/users?bogus=1"), 400, 3, "FIELDS_INVALID");
    await isError(
      await signedIn("/v1/tenant", { method: "PATCH", body: '{"tenant":{"displayName":12}}' }),
      400,
      3,
      "FIELDS_INVALID",
    );
    await isError(await signedIn("/v1/tenant", { method: "PATCH", body: '{"tenant"' }), 400, 3, "FIELDS_INVALID");
    await isError(await signedIn(`/v1/jobs/${newId()}`), 404, 5, "JOB_NOT_FOUND");
    const fields = await isError(await signedIn("/v1/jobs/17"), 400, 3, "FIELDS_INVALID");
    assert.match(JSON.stringify(fields.details), /job_id/);
    const huge = JSON.stringify({ tenant: { displayName: "x".repeat(8 << 20) } });
    // With its length told, and without.
    for (const body of [huge, new Blob([huge]).stream()]) {
      const sent = await signedIn("/v1/tenant", { method: "PATCH", body, duplex: "half" });
      assert.match((await isError(sent, 413, 3, "FIELDS_INVALID")).message, /1 MiB at most/);
    }
  });

  await t.test("keeps a caller's request id, and makes one where there is none", async () => {
    const given = await signedIn("/v1/tenant", { headers: { "x-request-id": "from-a-crm-17" } });
    assert.equal(given.headers.get("x-request-id"), "from-a-crm-17");
    const uuid = newId();
    const same = await signedIn("/v1/tenant", { headers: { "x-request-id": uuid } });
    assert.equal(same.headers.get("x-request-id"), uuid);
    assert.ok((await call("/nothing")).headers.get("x-request-id"));
  });

  await t.test("writes the audit trail with the request id of the call", async () => {
    const requestId = `audited-${newId()}`;
    const body = JSON.stringify({ tenant: { displayName: "Demo" }, updateMask: "displayName" });
    assert.equal(
      (await signedIn("/v1/tenant", { method: "PATCH", body, headers: { "x-request-id": requestId } })).status,
      200,
    );
    let entries: { rpc: string; status: string }[] = [];
    for (let tries = 0; tries < 100 && entries.length === 0; tries++) {
      const page = (await (await signedIn(`/v1/audit-entries?requestId=${requestId}`)).json()) as {
        auditEntries: typeof entries;
      };
      entries = page.auditEntries;
    }
    assert.deepEqual(
      entries.map(({ rpc, status: code }) => [rpc, code]),
      [["herald.identity.v1.TenantService/UpdateTenant", "OK"]],
    );
  });

  await t.test("refuses a tenant header that a caller made up", async () => {
    const response = await signedIn("/v1/tenant", { headers: { "x-herald-tenant": newId() } });
    assert.equal(((await response.json()) as { tenant: { slug: string } }).tenant.slug, "demo");
  });

  await t.test("compresses large answers", async () => {
    const { port } = new URL(edge);
    const bytes = await new Promise<{ encoding: string | undefined; body: Buffer }>((resolve, reject) => {
      plainRequest({ port, path: "/v1/permissions", headers: { ...bearer, "accept-encoding": "gzip" } }, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () =>
          resolve({ encoding: response.headers["content-encoding"], body: Buffer.concat(chunks) }),
        );
      })
        .on("error", reject)
        .end();
    });
    assert.equal(bytes.encoding, "gzip");
    assert.ok(JSON.parse(gunzipSync(bytes.body).toString()));
  });

  await t.test("serves the web application for every page of it, and the contract as OpenAPI", async () => {
    assert.match((await call("/")).headers.get("location") ?? "", /\/ui\/$/);
    for (const page of ["/ui/", "/ui/campaigns/17"]) {
      const response = await call(page);
      assert.equal(response.status, 200);
      assert.match(response.headers.get("content-type") ?? "", /text\/html/);
      assert.match(response.headers.get("content-security-policy") ?? "", /default-src 'self'/);
    }
    const document = (await (await call("/openapi.json")).json()) as { openapi: string; paths: object };
    assert.equal(document.openapi, "3.1.0");
    for (const { http, requires } of Object.values(methods))
      if (http && requires !== "public")
        assert.ok(
          http.path.replaceAll(".id}", "_id}").replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase()) in
            document.paths,
          http.path,
        );
  });

  await t.test("answers gRPC-Web, as browsers speak it", async () => {
    const response = await signedIn("/herald.identity.v1.TenantService/GetTenant", {
      method: "POST",
      headers: { "content-type": "application/grpc-web+proto", "x-grpc-web": "1" },
      body: new Uint8Array([0, 0, 0, 0, 0]),
    });
    assert.equal(response.status, 200);
    assert.match(response.headers.get("content-type") ?? "", /grpc-web/);
    assert.match(Buffer.from(await response.arrayBuffer()).toString("latin1"), /grpc-status:\s*0/);
  });

  await t.test("limits what one tenant may ask for, and says when to try again", async () => {
    const answers = await Promise.all(
      Array.from({ length: 600 }, () =>
        signedIn("/v1/nothing").then(async (response) => ({
          status: response.status,
          retry: response.headers.get("retry-after"),
          text: await response.text(),
        })),
      ),
    );
    const refused = answers.filter((answer) => answer.status === 429);
    assert.ok(refused.length > 0);
    assert.ok(refused.every(({ retry, text }) => retry === "1" && (JSON.parse(text) as ApiError).code === 8));
  });

  await t.test("says that it is well only while every service is", async () => {
    assert.equal((await call("/healthz")).status, 200);
    platform.kill("jobs", "SIGSTOP");
    await until(async () => (await call("/healthz")).status === 503, { timeoutMs: 20_000 });
    await isError(await signedIn("/v1/jobs"), 503, 14, "DEPENDENCY_UNAVAILABLE");
    platform.kill("jobs", "SIGCONT");
    await until(async () => (await call("/healthz")).status === 200, { timeoutMs: 20_000 });
  });
});

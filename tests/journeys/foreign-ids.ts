/** Calls every RPC that takes ids as a user of another tenant, and compares the response with that for an id that does not exist anywhere. */
import { globSync } from "node:fs";
import { status } from "@grpc/grpc-js";
import { type MethodRule, methods } from "../../gen/methods.ts";
import type { BoundCalls } from "../../svc/lib/client/client.ts";
import { type GenericDefinition, type GenericMethod, serviceOf } from "../../svc/lib/rpc/definitions.ts";
import { errorDetails } from "../../svc/lib/errors/error-details.ts";
import type { Owner } from "../lib/cleanup.ts";
import { newId, userClient } from "../lib/harness.ts";
import type { Mesh } from "../lib/mesh.ts";
import type { Ids } from "./one-of-everything.ts";

/** What requests need in addition to ids to be valid, so that they are refused because of the id. */
const BESIDE: Record<string, object | string> = {
  campaignGroup: { name: "Taken over" },
  contactList: { name: "Taken over" },
  suppressionList: { name: "Taken over" },
  rule: { name: "Taken over" },
  messageTemplate: { name: "Taken over" },
  role: { name: "Taken over" },
  user: { displayName: "Taken over" },
  file: { contentType: "text/csv", data: Buffer.from("Client ID,Mobile\nC-1,+12125550123\n") },
  entries: [{ value: "+12125550123" }],
  values: ["+12125550123"],
  password: "correct horse battery",
};
const MASKS: Record<string, string[]> = { user: ["display_name"] };

/** Every permission that a person can have. */
export const everyPermission = [...new Set(Object.values(methods).map(({ requires }) => requires ?? ""))].filter(
  (name) => name !== "public" && !name.startsWith("mesh."),
);

export interface Probe {
  /** RPCs that take ids. */
  probed: string[];
  /** RPCs whose responses differ, or whose request was refused for a reason other than its id. */
  faults: string[];
}

export async function probeForeignIds(t: Owner, mesh: Mesh, ids: Ids, strangersTenantId: string): Promise<Probe> {
  const probe: Probe = { probed: [], faults: [] };
  const unknown = Object.fromEntries(Object.keys(ids).map((name) => [name, newId()]));
  for (const definition of await definitions()) {
    const who = { tenantId: strangersTenantId, permissions: everyPermission };
    const client = await userClient(t, mesh[serviceOf(definition) as "lists"], definition, who);
    for (const [name, method] of Object.entries(definition.methods)) {
      const path = `/${definition.fullName}/${method.name}`;
      const rule = methods[path] as MethodRule;
      const request = requestWith(method, ids);
      if (rule.requires === "public" || rule.requires?.startsWith("mesh.") || !request) continue;
      probe.probed.push(path);
      const theirs = await answerTo(client, name, method, request, ids);
      const nobodys = await answerTo(client, name, method, requestWith(method, unknown) as object, unknown);
      if (theirs !== nobodys)
        probe.faults.push(`${path} tells another tenant's thing from none: ${theirs} ≠ ${nobodys}`);
      else if (!/^(OK|NOT_FOUND|\w+ ERROR_REASON_REFERENCE_NOT_FOUND)/.test(theirs))
        probe.faults.push(`${path} did not come to look at the id: ${theirs}`);
    }
  }
  return probe;
}

/** Every service that people or other services call, except those that every service of the mesh provides. */
export async function definitions(): Promise<GenericDefinition[]> {
  const files = globSync("herald/*/v1/*_service.ts", { cwd: new URL("../../gen/", import.meta.url) });
  const modules = await Promise.all(
    files.map((file) => import(new URL(`../../gen/${file}`, import.meta.url).href) as Promise<Record<string, unknown>>),
  );
  const all = modules.flatMap((module) => Object.entries(module).filter(([name]) => name.endsWith("Definition")));
  return all
    .map(([, definition]) => definition as GenericDefinition)
    .filter(({ fullName }) => !fullName.endsWith("VoiceAdapterService") && !fullName.startsWith("herald.common."));
}

/** A request with ids in its own fields (`contact_list_id`, `contact_list_ids`) or in those of its resource (`contact_list.id`); undefined if it has no such field. */
function requestWith(method: GenericMethod, ids: Ids): object | undefined {
  const empty = method.requestType.fromPartial({} as never) as Record<string, unknown>;
  const request: Record<string, unknown> = {};
  let names = false;
  for (const field of Object.keys(empty)) {
    const resource = empty[field] === undefined && ids[`${field}Id`];
    const ofMany = Array.isArray(empty[field]) ? ids[field.replace(/s$/, "")] : undefined;
    if (ids[field] !== undefined) request[field] = ids[field];
    else if (ofMany) request[field] = [ofMany];
    else if (resource) request[field] = { ...(BESIDE[field] as object), id: resource };
    else if (field in BESIDE) request[field] = BESIDE[field];
    if (resource && "updateMask" in empty) request["updateMask"] = MASKS[field] ?? ["name"];
    names ||= ids[field] !== undefined || ofMany !== undefined || Boolean(resource && "updateMask" in empty);
  }
  return names ? request : undefined;
}

/** The response as text, without the requested ids. */
async function answerTo(
  client: BoundCalls<GenericDefinition>,
  name: string,
  method: GenericMethod,
  request: object,
  ids: Ids,
): Promise<string> {
  // All RPCs are called in the same way here, so the types of requests do not matter.
  const call = client[name] as unknown as (
    request: unknown,
    scope: object,
  ) => Promise<unknown> | AsyncIterable<unknown>;
  const requests = async function* () {
    yield request;
  };
  const said = await (async () => {
    try {
      const answer = call(method.requestStream ? requests() : request, { timeoutMs: 10_000 });
      return `OK ${JSON.stringify(Symbol.asyncIterator in answer ? await Array.fromAsync(answer) : await answer)}`;
    } catch (error) {
      const { code, reason, message, metadata } = errorDetails(error) ?? {
        code: status.UNKNOWN,
        reason: "",
        message: String(error),
        metadata: {},
      };
      return `${status[code]} ${reason} ${message} ${JSON.stringify(metadata)}`;
    }
  })();
  return Object.entries(ids).reduce((text, [field, id]) => text.replaceAll(id, `<${field}>`), said);
}

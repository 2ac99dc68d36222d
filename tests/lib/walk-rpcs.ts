/**
 * Calls the RPCs of the contract on running services, and finds those that admit a caller whom they must refuse: one without a token, or
 * one without the permission. Requests are empty, since such a caller is refused before the request is read.
 */
import { Client, type ClientDuplexStream, credentials, Metadata, status } from "@grpc/grpc-js";
import { type MethodRule, methods as contract } from "../../gen/methods.ts";
import { errorDetails } from "../../svc/lib/errors/error-details.ts";
import { tokenFor } from "./harness.ts";

/** The address of each service, by name (`lists`), or one address for all (the edge). */
export type Addresses = Readonly<Record<string, string>> | string;

export interface Walk {
  /** RPCs that were called. */
  walked: string[];
  /** One line for each RPC that broke its promise. */
  faults: string[];
}

export interface WalkOptions {
  addresses: Addresses;
  methods?: Readonly<Record<string, MethodRule>>;
  /** Makes a token with exactly these permissions; `tokenFor` of the harness unless given. */
  token?: (permissions: readonly string[]) => Promise<string>;
}

const DEADLINE_MS = 10_000;
const EMPTY = Buffer.alloc(0);
const same = (bytes: Buffer) => bytes;

/** Checks every RPC: UNAUTHENTICATED without a token, PERMISSION_DENIED without its permission; public RPCs admit everybody. */
export async function walkRpcs({
  addresses,
  methods = contract,
  token = (permissions) => tokenFor({ permissions }),
}: WalkOptions): Promise<Walk> {
  const walk: Walk = { walked: [], faults: [] };
  const clients = new Map<string, Client>();
  const everyOther = (permission: string) => allPermissions(methods).filter((name) => name !== permission);
  try {
    for (const [path, rule] of Object.entries(methods)) {
      const address = addressOf(addresses, path);
      if (address === undefined) continue;
      const client = clients.get(address) ?? new Client(address, credentials.createInsecure());
      clients.set(address, client);
      walk.walked.push(path);
      await walkOne(
        walk,
        path,
        rule,
        (header) => callRaw(client, path, rule, header, EMPTY),
        async () => token(everyOther(rule.requires ?? "")),
      );
    }
  } finally {
    for (const client of clients.values()) client.close();
  }
  return walk;
}

type CallAs = (header: string) => Promise<unknown>;

async function walkOne(
  walk: Walk,
  path: string,
  rule: MethodRule,
  call: CallAs,
  strangersToken: () => Promise<string>,
): Promise<void> {
  const told = (error: unknown) => {
    const details = errorDetails(error);
    return {
      code: details?.code ?? status.OK,
      reason: details?.reason ?? "",
      permission: details?.metadata["permission"],
    };
  };
  const nobody = told(await call(""));
  if (rule.requires === "public") {
    if (nobody.reason === "ERROR_REASON_NOT_AUTHENTICATED") walk.faults.push(`${path} is public and asks for a token`);
    return;
  }
  if (nobody.code !== status.UNAUTHENTICATED || nobody.reason !== "ERROR_REASON_NOT_AUTHENTICATED") {
    walk.faults.push(`${path} answered nobody with ${status[nobody.code]} ${nobody.reason}`);
  }
  const stranger = told(await call(`Bearer ${await strangersToken()}`));
  if (stranger.code !== status.PERMISSION_DENIED || stranger.permission !== rule.requires) {
    walk.faults.push(
      `${path} answered somebody without ${rule.requires} with ${status[stranger.code]} ${stranger.reason} ${stranger.permission ?? ""}`,
    );
  }
}

/** All permissions that a person can have. */
function allPermissions(methods: Readonly<Record<string, MethodRule>>): string[] {
  const named = Object.values(methods).map(({ requires }) => requires ?? "public");
  return [...new Set(named)].filter((name) => name !== "public" && !name.startsWith("mesh."));
}

function addressOf(addresses: Addresses, path: string): string | undefined {
  return typeof addresses === "string" ? addresses : addresses[path.split(".")[1] ?? ""];
}

/** Makes a call with one encoded request. Gives its error, or undefined if the RPC answers. */
export function callRaw(
  client: Client,
  path: string,
  rule: MethodRule,
  header: string,
  request: Buffer,
): Promise<unknown> {
  const metadata = new Metadata();
  if (header !== "") metadata.set("authorization", header);
  const options = { deadline: Date.now() + DEADLINE_MS };
  return new Promise((resolve) => {
    const done = (error: unknown) => resolve(error ?? undefined);
    if (!rule.responseStream) {
      if (!rule.requestStream) client.makeUnaryRequest(path, same, same, request, metadata, options, done);
      else client.makeClientStreamRequest(path, same, same, metadata, options, done).end(request);
      return;
    }
    const stream = rule.requestStream
      ? client.makeBidiStreamRequest(path, same, same, metadata, options)
      : client.makeServerStreamRequest(path, same, same, request, metadata, options);
    if (rule.requestStream) (stream as ClientDuplexStream<Buffer, Buffer>).end(request);
    stream.on("error", done);
    stream.on("end", () => done(undefined));
    stream.on("data", () => {
      stream.cancel();
      done(undefined);
    });
  });
}

import { toJson, type DescMethod, type FileRegistry } from "@bufbuild/protobuf";
import { MethodOptionsSchema } from "@bufbuild/protobuf/wkt";
import { isOurs } from "./descriptors.ts";

/** Where one RPC answers in REST. `body` is `*`, a field, or null for none; `responseBody` is a field or null for all. */
export interface HttpRule {
  verb: "GET" | "PUT" | "POST" | "PATCH" | "DELETE";
  path: string;
  body: string | null;
  responseBody: string | null;
  additional: HttpRule[];
}

/** One RPC with what its options say. */
export interface Method {
  name: string;
  desc: DescMethod;
  requires: string | null;
  audit: "create" | "edit" | "delete" | "alter" | "execute" | "export" | null;
  idempotency: "unknown" | "no-side-effects" | "idempotent";
  http: HttpRule | null;
  requestStream: boolean;
  responseStream: boolean;
}

interface OptionsJson {
  idempotencyLevel?: string;
  "[google.api.http]"?: HttpJson;
  "[herald.options.v1.requires]"?: string;
  "[herald.options.v1.audit]"?: string;
}
type HttpJson = Partial<Record<string, string>> & { additionalBindings?: HttpJson[] };

/** Every RPC of our contract, in the order of files and lines. */
export function readMethods(registry: FileRegistry): Method[] {
  const files = [...registry.files].filter((file) => isOurs({ name: `${file.name}.proto` }));
  return files
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((file) => file.services)
    .flatMap((service) => service.methods)
    .map((method) => readMethod(method, registry));
}

function readMethod(desc: DescMethod, registry: FileRegistry): Method {
  const given = desc.proto.options;
  const options = (given ? toJson(MethodOptionsSchema, given, { registry }) : {}) as OptionsJson;
  const http = options["[google.api.http]"];
  return {
    name: `/${desc.parent.typeName}/${desc.name}`,
    desc,
    requires: options["[herald.options.v1.requires]"] ?? null,
    audit: auditOf(options["[herald.options.v1.audit]"]),
    idempotency: idempotencyOf(options.idempotencyLevel),
    http: http ? httpRule(http) : null,
    requestStream: desc.methodKind === "client_streaming" || desc.methodKind === "bidi_streaming",
    responseStream: desc.methodKind === "server_streaming" || desc.methodKind === "bidi_streaming",
  };
}

const auditOf = (option: string | undefined): Method["audit"] =>
  option && option !== "AUDIT_ACTION_UNSPECIFIED"
    ? (option.replace("AUDIT_ACTION_", "").toLowerCase() as Method["audit"])
    : null;

function idempotencyOf(level: string | undefined): Method["idempotency"] {
  if (level === "NO_SIDE_EFFECTS") return "no-side-effects";
  return level === "IDEMPOTENT" ? "idempotent" : "unknown";
}

function httpRule(json: HttpJson): HttpRule {
  for (const verb of ["get", "put", "post", "patch", "delete"] as const) {
    const path = json[verb];
    if (!path) continue;
    return {
      verb: verb.toUpperCase() as HttpRule["verb"],
      path,
      body: json.body ?? null,
      responseBody: json.responseBody ?? null,
      additional: (json.additionalBindings ?? []).map(httpRule),
    };
  }
  throw new Error(`An HTTP rule has none of get, put, post, patch, delete: ${JSON.stringify(json)}`);
}

/** Writes `gen/methods.ts`: what the interceptor, the client and the gateway read at run time. */
export function writeMethods(methods: Method[]): string {
  const rows = methods.map(({ name, desc: _desc, ...rule }) => `  ${JSON.stringify(name)}: ${literal(rule)},`);
  return `// Made from proto/ by \`npm run gen\`. Do not edit.

/** Where one RPC answers in REST. \`body\` is \`*\`, a field, or null for none; \`responseBody\` is a field or null for all. */
export interface HttpRule {
  readonly verb: "GET" | "PUT" | "POST" | "PATCH" | "DELETE";
  readonly path: string;
  readonly body: string | null;
  readonly responseBody: string | null;
  readonly additional: readonly HttpRule[];
}

/** What the options of one RPC say. An RPC whose \`requires\` is null must not be served. */
export interface MethodRule {
  readonly requires: string | null;
  readonly audit: "create" | "edit" | "delete" | "alter" | "execute" | "export" | null;
  readonly idempotency: "unknown" | "no-side-effects" | "idempotent";
  readonly http: HttpRule | null;
  readonly requestStream: boolean;
  readonly responseStream: boolean;
}

/** Every RPC of the contract by its gRPC path. */
export const methods: Readonly<Record<string, MethodRule>> = {
${rows.join("\n")}
};
`;
}

const literal = (value: object): string =>
  JSON.stringify(value, null, 2)
    .replace(/"(\w+)":/g, "$1:")
    .replace(/\n/g, "\n  ");

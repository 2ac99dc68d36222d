import type { DescEnum, DescMessage, FileRegistry } from "@bufbuild/protobuf";
import type { CommentLookup } from "./comments.ts";
import { httpStatus, splitErrors, type PromisedError } from "./errors.ts";
import { exampleOf } from "./examples.ts";
import type { JsonSchema } from "./json-schema.ts";
import { SchemaBook } from "./schema-book.ts";
import { errorSchemas } from "./error-schemas.ts";
import type { Method } from "./methods.ts";
import { namer, reachable } from "./names.ts";
import { readOperations, type Body, type Operation, type Parameter } from "./operations.ts";

/** The parts of an OpenAPI 3.1 document that we write. */
export interface OpenApi {
  openapi: string;
  info: object;
  servers: object[];
  security: object[];
  tags: object[];
  paths: Record<string, Record<string, OpenApiOperation>>;
  components: { securitySchemes: object; schemas: Record<string, JsonSchema> };
}

export interface OpenApiOperation {
  operationId: string;
  tags: string[];
  summary: string;
  description: string;
  parameters: OpenApiParameter[];
  requestBody?: { required: boolean; content: Content };
  responses: Record<string, { description: string; content: Content }>;
  security?: object[];
  [extension: `x-${string}`]: unknown;
}

export interface OpenApiParameter {
  name: string;
  in: "path" | "query";
  required: boolean;
  description: string;
  schema: JsonSchema;
}

export type Content = Record<string, { schema: JsonSchema; example?: unknown }>;

/** Errors that every RPC may give, whatever it does. */
const common: PromisedError[] = [
  {
    code: "INVALID_ARGUMENT",
    reason: "ERROR_REASON_FIELDS_INVALID",
    when: "when a field is wrong; `BadRequest` names each",
  },
  { code: "RESOURCE_EXHAUSTED", reason: "ERROR_REASON_RATE_LIMITED", when: "when the tenant's rate limit is spent" },
  { code: "INTERNAL", reason: "ERROR_REASON_INTERNAL", when: "for a fault of ours" },
  {
    code: "UNAVAILABLE",
    reason: "ERROR_REASON_DEPENDENCY_UNAVAILABLE",
    when: "while something needed is away; try again",
  },
];
const commonWithToken: PromisedError[] = [
  { code: "UNAUTHENTICATED", reason: "ERROR_REASON_NOT_AUTHENTICATED", when: "without a valid token" },
  { code: "PERMISSION_DENIED", reason: "ERROR_REASON_PERMISSION_MISSING", when: "when the token lacks the permission" },
];

/** Writes the whole REST contract as one OpenAPI 3.1 document. */
export function makeOpenApi(methods: Method[], registry: FileRegistry, commentOf: CommentLookup): OpenApi {
  const operations = readOperations(methods);
  const answered = reachable(operations.map((each) => each.method.desc.output));
  const asked = reachable(operations.map((each) => each.method.desc.input));
  const nameOf = namer([...new Set<DescMessage | DescEnum>([...answered, ...asked])]);
  const book = new SchemaBook({ registry, commentOf, nameOf, isAnswered: (message) => answered.has(message) });
  const writer = new OperationWriter(book, commentOf);
  const paths: OpenApi["paths"] = {};
  for (const each of operations) (paths[each.path] ??= {})[each.verb] = writer.write(each);
  Object.assign(book.schemas, errorSchemas);
  return {
    openapi: "3.1.0",
    info: {
      title: "Herald",
      version: "1.0.0",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
      description:
        "Herald's contract as JSON over REST. The same address serves gRPC with the same names. Every call acts within the tenant of its token. A text has at most 1,000 characters unless its field allows more.",
    },
    servers: [{ url: "http://localhost:8080", description: "The gateway of `npm start`" }],
    security: [{ bearer: [] }],
    tags: tagsOf(methods, commentOf),
    paths: sorted(paths),
    components: {
      securitySchemes: {
        bearer: {
          type: "http",
          scheme: "bearer",
          bearerFormat: "JWT",
          description: "The `accessToken` that `POST /v1/tokens` answers.",
        },
      },
      schemas: sorted(book.schemas),
    },
  };
}

class OperationWriter {
  readonly #book: SchemaBook;
  readonly #commentOf: CommentLookup;

  constructor(book: SchemaBook, commentOf: CommentLookup) {
    this.#book = book;
    this.#commentOf = commentOf;
  }

  write(operation: Operation): OpenApiOperation {
    const { method } = operation;
    const { text, errors } = splitErrors(this.#commentOf(method.desc.proto));
    const summary = /^[^]*?\.(?=\s|$)/.exec(text)?.[0].replace(/\s+/g, " ") ?? text;
    const isPublic = method.requires === "public";
    const permission = isPublic ? "Needs no token." : `Permission: \`${method.requires}\`.`;
    const body = operation.requestBody && this.#requestContent(operation, operation.requestBody);
    return {
      operationId: operation.id,
      tags: [method.desc.parent.name],
      summary: summary.replace(/\.$/, ""),
      description: [text, permission, operation.method.responseStream && !isBytes(operation) ? streamed : ""]
        .filter(Boolean)
        .join("\n\n"),
      parameters: [
        ...operation.pathParameters.map((each) => this.#parameter(each, "path")),
        ...operation.queryParameters.map((each) => this.#parameter(each, "query")),
      ],
      ...(body && { requestBody: { required: this.#isNeeded(body), content: body } }),
      responses: {
        200: this.#answer(operation),
        ...(isBytes(operation) && this.#otherPages(operation, text)),
        ...errorResponses([...errors, ...common, ...(isPublic ? [] : commonWithToken)]),
      },
      ...(isPublic && { security: [] }),
      "x-herald-permission": method.requires,
      "x-herald-grpc": method.name,
      "x-herald-idempotency": method.idempotency,
      ...(method.audit && { "x-herald-audit": method.audit }),
    };
  }

  #parameter({ name, field }: Parameter, place: "path" | "query"): OpenApiParameter {
    const isInPath = place === "path";
    const schema =
      isInPath || field.fieldKind === "list" ? this.#book.asked(field, "input", true) : this.#book.inQuery(field);
    return { name, in: place, required: isInPath, description: this.#commentOf(field.proto), schema };
  }

  /** Answers for people are pages also where something is wrong; the comment says with which status. */
  #otherPages(operation: Operation, comment: string): OpenApiOperation["responses"] {
    const statuses = [...comment.matchAll(/with HTTP status (\d{3})/g)].map(([, status = ""]) => status);
    const page = { ...this.#answer(operation), description: "A page that says what is wrong." };
    return Object.fromEntries(statuses.map((status) => [status, page]));
  }

  #requestContent(operation: Operation, body: Body): Content {
    if (body.kind === "bytes") return { "*/*": { schema: { type: "string", contentEncoding: "binary" } } };
    return this.#json(this.#requestSchema(operation, body));
  }

  #requestSchema({ verb, method }: Operation, body: Exclude<Body, { kind: "bytes" }>): JsonSchema {
    const isPatch = verb === "patch";
    if (body.kind === "field") return this.#book.field(body.field, isPatch ? "patch" : "input");
    if (!isPatch && body.except.size === 0) return this.#book.message(body.message, "input");
    const name = `${method.desc.name}Body`;
    this.#book.schemas[name] = this.#book.object(body.message, "input", body.except, isPatch);
    return { $ref: `#/components/schemas/${name}` };
  }

  #answer(operation: Operation): { description: string; content: Content } {
    const { responseBody: body, method } = operation;
    if (body.kind === "bytes")
      return {
        description: "The file.",
        content: { "*/*": { schema: {} } },
      };
    const schema =
      body.kind === "field" ? this.#book.field(body.field, "output") : this.#book.message(body.message, "output");
    return { description: method.responseStream ? streamed : "Done.", content: this.#json(schema) };
  }

  /** A body may be left out when nothing in it must be there: `POST …:pause` needs none. */
  #isNeeded(body: Content): boolean {
    const schema = body["application/json"]?.schema;
    return !schema || (schema.$ref ? this.#resolve(schema.$ref) : schema).required !== undefined;
  }

  #json(schema: JsonSchema): Content {
    return { "application/json": { schema, example: exampleOf(schema, (ref) => this.#resolve(ref)) } };
  }

  #resolve(ref: string): JsonSchema {
    return this.#book.schemas[ref.split("/").at(-1) ?? ""] ?? {};
  }
}

const streamed = "The answer is a stream of newline-delimited JSON: each line is one object of this schema.";

const isBytes = (operation: Operation): boolean => operation.responseBody.kind === "bytes";

/** One response for each HTTP status, listing the errors that lead to it. */
function errorResponses(errors: PromisedError[]): OpenApiOperation["responses"] {
  const lines = new Map<number, string[]>();
  const seen = new Set<string>();
  for (const { code, reason, when } of errors) {
    if (seen.has(reason)) continue; // the RPC's own words go before the common ones
    seen.add(reason);
    const status = httpStatus[code] ?? 500;
    lines.set(status, [...(lines.get(status) ?? []), `- ${code} \`${reason}\`${when ? ` ${when}` : ""}`]);
  }
  const responses: OpenApiOperation["responses"] = {};
  for (const [status, described] of [...lines].sort(([a], [b]) => a - b)) {
    responses[status] = {
      description: described.join("\n"),
      content: { "application/json": { schema: { $ref: "#/components/schemas/ApiError" } } },
    };
  }
  return responses;
}

function tagsOf(methods: Method[], commentOf: CommentLookup): object[] {
  const services = [...new Set(methods.filter((each) => each.http).map((each) => each.desc.parent))];
  return services.map((service) => ({ name: service.name, description: commentOf(service.proto) }));
}

const sorted = <Value>(map: Record<string, Value>): Record<string, Value> =>
  Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));

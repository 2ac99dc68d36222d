import type { JsonSchema } from "./json-schema.ts";

const detail = (type: string, description: string, properties: Record<string, JsonSchema>): JsonSchema => ({
  type: "object",
  description,
  properties: { "@type": { type: "string", const: `type.googleapis.com/${type}` }, ...properties },
  required: ["@type", ...Object.keys(properties)],
  additionalProperties: false,
});

/** How the gateway answers an error: `google.rpc.Status` as JSON, with the details that services send. */
export const errorSchemas: Record<string, JsonSchema> = {
  ApiError: {
    type: "object",
    description: "What went wrong, in one shape for every path.",
    properties: {
      code: { type: "integer", format: "int32", description: "The canonical gRPC code, for example 5 for NOT_FOUND." },
      message: { type: "string", description: "For people, in English." },
      details: { type: "array", items: { $ref: "#/components/schemas/ErrorDetail" }, description: "For programs." },
    },
    required: ["code", "message", "details"],
    additionalProperties: false,
  },
  ErrorDetail: {
    description: "One detail; `@type` says which.",
    anyOf: ["ErrorInfo", "BadRequest", "RetryInfo"].map((name) => ({ $ref: `#/components/schemas/${name}` })),
  },
  ErrorInfo: detail("google.rpc.ErrorInfo", "Which error.", {
    reason: { type: "string", description: "A value of the service's `ErrorReason`." },
    domain: { type: "string", description: "The service that gave it." },
    metadata: {
      type: "object",
      additionalProperties: { type: "string" },
      description: "The variable parts of the message.",
    },
  }),
  BadRequest: detail("google.rpc.BadRequest", "Which fields are wrong, and what would be right.", {
    fieldViolations: {
      type: "array",
      items: {
        type: "object",
        properties: { field: { type: "string" }, description: { type: "string" } },
        required: ["field", "description"],
        additionalProperties: true,
      },
    },
  }),
  RetryInfo: detail("google.rpc.RetryInfo", "When to try again.", {
    retryDelay: { type: "string", description: "Seconds, for example `1.5s`." },
  }),
};

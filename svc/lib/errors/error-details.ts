/** Errors on the wire: `google.rpc.Status` with its details, in the trailer `grpc-status-details-bin`. */
import { BinaryReader, BinaryWriter } from "@bufbuild/protobuf/wire";
import { Metadata, type ServiceError, status } from "@grpc/grpc-js";
import { BadRequest, ErrorInfo, RetryInfo } from "../../../gen/google/rpc/error_details.ts";
import type { FieldViolation, RpcError } from "./errors.ts";

const TRAILER = "grpc-status-details-bin";
const TYPE_PREFIX = "type.googleapis.com/google.rpc.";

/** The details of a failed call. Fields that were not sent are empty. */
export interface ErrorDetails {
  code: status;
  message: string;
  reason: string;
  domain: string;
  metadata: Record<string, string>;
  fields: FieldViolation[];
  retryAfterMs: number | undefined;
}

/** The trailer that carries an error's details. */
export function errorTrailer(error: RpcError): Metadata {
  const details: [string, Uint8Array][] = [
    ["ErrorInfo", ErrorInfo.encode({ reason: error.reason, domain: error.domain, metadata: error.metadata }).finish()],
  ];
  if (error.fields.length > 0) {
    const fieldViolations = error.fields.map(({ field, description }) => ({ field, description }));
    details.push(["BadRequest", BadRequest.encode(BadRequest.fromPartial({ fieldViolations })).finish()]);
  }
  if (error.retryAfterMs !== undefined) {
    const seconds = Math.floor(error.retryAfterMs / 1_000);
    const nanos = Math.round((error.retryAfterMs % 1_000) * 1e6);
    details.push(["RetryInfo", RetryInfo.encode({ retryDelay: { seconds, nanos } }).finish()]);
  }
  const trailer = new Metadata();
  // REST clients look for it among the headers.
  if (error.retryAfterMs !== undefined) trailer.set("retry-after", String(Math.ceil(error.retryAfterMs / 1_000)));
  trailer.set(TRAILER, Buffer.from(encodeStatus(error.code, error.message, details)));
  return trailer;
}

/** Reads the details from the error that a client threw; undefined for any other error. */
export function errorDetails(error: unknown): ErrorDetails | undefined {
  if (!isServiceError(error)) return undefined;
  const told: ErrorDetails = {
    code: error.code,
    message: error.details,
    reason: "",
    domain: "",
    metadata: {},
    fields: [],
    retryAfterMs: undefined,
  };
  const [bytes] = error.metadata?.get(TRAILER) ?? [];
  if (!(bytes instanceof Uint8Array)) return told;
  for (const [type, value] of decodeStatus(bytes)) readDetail(told, type, value);
  return told;
}

/** Tells whether an error came from a gRPC call that we made. */
export function isServiceError(error: unknown): error is ServiceError {
  return (
    error instanceof Error &&
    typeof (error as ServiceError).code === "number" &&
    typeof (error as ServiceError).details === "string"
  );
}

const AWAY: readonly status[] = [status.UNAVAILABLE, status.DEADLINE_EXCEEDED, status.UNIMPLEMENTED];

/** Tells whether another service gave no answer for now. UNIMPLEMENTED comes from an older version that does not have the RPC yet. */
export const isServiceAway = (error: unknown): boolean => isServiceError(error) && AWAY.includes(error.code);

function readDetail(told: ErrorDetails, type: string, value: Uint8Array): void {
  if (type === `${TYPE_PREFIX}ErrorInfo`) Object.assign(told, ErrorInfo.decode(value));
  if (type === `${TYPE_PREFIX}BadRequest`)
    told.fields = BadRequest.decode(value).fieldViolations.map(({ field, description }) => ({ field, description }));
  if (type === `${TYPE_PREFIX}RetryInfo`) {
    const { seconds = 0, nanos = 0 } = RetryInfo.decode(value).retryDelay ?? {};
    told.retryAfterMs = seconds * 1_000 + nanos / 1e6;
  }
}

/** google.rpc.Status: code = 1, message = 2, details = 3 (repeated google.protobuf.Any: type_url = 1, value = 2). */
function encodeStatus(code: number, message: string, details: readonly [string, Uint8Array][]): Uint8Array {
  const writer = new BinaryWriter();
  writer.uint32(8).int32(code).uint32(18).string(message);
  for (const [type, value] of details) {
    writer.uint32(26).fork();
    writer.uint32(10).string(TYPE_PREFIX + type);
    writer.uint32(18).bytes(value);
    writer.join();
  }
  return writer.finish();
}

function decodeStatus(bytes: Uint8Array): [string, Uint8Array][] {
  const reader = new BinaryReader(bytes);
  const details: [string, Uint8Array][] = [];
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if (tag === 26) details.push(decodeAny(reader.bytes()));
    else reader.skip(tag & 7);
  }
  return details;
}

function decodeAny(bytes: Uint8Array): [string, Uint8Array] {
  const reader = new BinaryReader(bytes);
  let type = "";
  let value = new Uint8Array();
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if (tag === 10) type = reader.string();
    else if (tag === 18) value = reader.bytes() as Uint8Array<ArrayBuffer>;
    else reader.skip(tag & 7);
  }
  return [type, value];
}

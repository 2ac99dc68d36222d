/** Turns the service definitions that ts-proto writes into those that grpc-js takes. */
import type { MethodDefinition } from "@grpc/grpc-js";

export interface MessageType {
  encode(message: never): { finish(): Uint8Array };
  decode(bytes: Uint8Array): unknown;
  fromPartial(object: never): unknown;
}

export interface GenericMethod {
  readonly name: string;
  readonly requestType: MessageType;
  readonly requestStream: boolean;
  readonly responseType: MessageType;
  readonly responseStream: boolean;
}

/** A generated `XServiceDefinition`. */
export interface GenericDefinition {
  readonly name: string;
  readonly fullName: string;
  readonly methods: Readonly<Record<string, GenericMethod>>;
}

/** What a client sends with a method: fields may be left out. */
export type RequestIn<Method extends GenericMethod> = Parameters<Method["requestType"]["fromPartial"]>[0];

/** A request that is already encoded and is sent as it is. */
export class EncodedRequest<Request> {
  declare readonly ofType: Request;
  readonly bytes: Buffer;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }
}
/** What a handler gets. */
export type RequestOut<Method extends GenericMethod> = ReturnType<Method["requestType"]["decode"]>;
/** What a handler answers: fields may be left out. */
export type ResponseIn<Method extends GenericMethod> = Parameters<Method["responseType"]["fromPartial"]>[0];
/** What a client gets. */
export type ResponseOut<Method extends GenericMethod> = ReturnType<Method["responseType"]["decode"]>;

/** One RPC as grpc-js knows it. */
export function grpcMethod(definition: GenericDefinition, method: GenericMethod): MethodDefinition<unknown, unknown> {
  return {
    path: `/${definition.fullName}/${method.name}`,
    requestStream: method.requestStream,
    responseStream: method.responseStream,
    requestSerialize: serializer(method.requestType),
    requestDeserialize: (bytes) => method.requestType.decode(bytes),
    responseSerialize: serializer(method.responseType),
    responseDeserialize: (bytes) => method.responseType.decode(bytes),
  };
}

/** The service of the mesh that a definition belongs to: `lists` for `herald.lists.v1.ContactListService`. */
export const serviceOf = (definition: GenericDefinition): string => definition.fullName.split(".")[1] ?? "";

function serializer(type: MessageType): (message: unknown) => Buffer {
  return (message) => {
    if (message instanceof EncodedRequest) return message.bytes;
    const bytes = type.encode(type.fromPartial(message as never) as never).finish();
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  };
}

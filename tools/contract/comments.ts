import type {
  DescriptorProto,
  EnumDescriptorProto,
  FileDescriptorProto,
  FileDescriptorSet,
} from "@bufbuild/protobuf/wkt";

/** Finds the comment above a message, field, enum, value, service or RPC by its `proto`; empty when there is none. */
export type CommentLookup = (element: object) => string;

/** Collects the comments of a descriptor set, keyed by the descriptor they stand above. */
export function readComments(set: FileDescriptorSet): CommentLookup {
  const comments = new WeakMap<object, string>();
  for (const file of set.file) {
    const byPath = new Map<string, string>();
    for (const { path, leadingComments } of file.sourceCodeInfo?.location ?? []) {
      if (leadingComments) byPath.set(path.join("."), unindent(leadingComments));
    }
    for (const [element, path] of elementsOf(file)) comments.set(element, byPath.get(path) ?? "");
  }
  return (element) => comments.get(element) ?? "";
}

/** Removes the space after `//`, and lines for buf. */
const unindent = (comment: string): string =>
  comment
    .split("\n")
    .map((line) => line.replace(/^ /, "").trimEnd())
    .filter((line) => !line.startsWith("buf:lint:"))
    .join("\n")
    .trim();

// Field numbers of descriptor.proto, of which source positions consist.
const inFile = { message: 4, enum: 5, service: 6 };
const inMessage = { field: 2, message: 3, enum: 4, oneof: 8 };

type ElementPath = [element: object, path: string];

function* elementsOf(file: FileDescriptorProto): Generator<ElementPath> {
  for (const [i, message] of file.messageType.entries()) yield* messageElements(message, `${inFile.message}.${i}`);
  for (const [i, type] of file.enumType.entries()) yield* enumElements(type, `${inFile.enum}.${i}`);
  for (const [i, service] of file.service.entries()) {
    yield [service, `${inFile.service}.${i}`];
    for (const [j, method] of service.method.entries()) yield [method, `${inFile.service}.${i}.2.${j}`];
  }
}

function* messageElements(message: DescriptorProto, path: string): Generator<ElementPath> {
  yield [message, path];
  for (const [i, field] of message.field.entries()) yield [field, `${path}.${inMessage.field}.${i}`];
  for (const [i, oneof] of message.oneofDecl.entries()) yield [oneof, `${path}.${inMessage.oneof}.${i}`];
  for (const [i, nested] of message.nestedType.entries())
    yield* messageElements(nested, `${path}.${inMessage.message}.${i}`);
  for (const [i, type] of message.enumType.entries()) yield* enumElements(type, `${path}.${inMessage.enum}.${i}`);
}

function* enumElements(type: EnumDescriptorProto, path: string): Generator<ElementPath> {
  yield [type, path];
  for (const [i, value] of type.value.entries()) yield [value, `${path}.2.${i}`];
}

import { createFileRegistry, fromBinary, toBinary, type FileRegistry } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema, type FileDescriptorProto, type FileDescriptorSet } from "@bufbuild/protobuf/wkt";

/** Reads a descriptor set as `buf build --as-file-descriptor-set` writes it. */
export const readDescriptorSet = (bytes: Uint8Array): FileDescriptorSet => fromBinary(FileDescriptorSetSchema, bytes);

/** The set, linked: messages know their fields' types, and options can be looked up. */
export const linkDescriptorSet = (set: FileDescriptorSet): FileRegistry => createFileRegistry(set);

/** Whether a file is part of our own contract, not of what it imports. */
export const isOurs = (file: { name: string }): boolean => file.name.startsWith("herald/");

/**
 * Writes the set for Envoy and for server reflection. It keeps only source positions with a comment, so that `grpcurl describe` shows
 * comments but a change of white space changes nothing.
 */
export function writeDescriptorSet(set: FileDescriptorSet): Uint8Array {
  const slim = readDescriptorSet(toBinary(FileDescriptorSetSchema, set));
  for (const file of slim.file) keepCommentsOnly(file);
  return toBinary(FileDescriptorSetSchema, slim);
}

function keepCommentsOnly(file: FileDescriptorProto): void {
  if (!file.sourceCodeInfo) return;
  if (!isOurs(file)) {
    file.sourceCodeInfo = undefined;
    return;
  }
  file.sourceCodeInfo.location = file.sourceCodeInfo.location.filter((location) => location.leadingComments !== "");
  for (const location of file.sourceCodeInfo.location) location.span = [0, 0, 0];
}

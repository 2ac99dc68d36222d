/** Server reflection, so that grpcurl and buf curl need no files. It is loaded with the first request, since most services never get one. */
import { readFile } from "node:fs/promises";
import { methods } from "../../../gen/methods.ts";
import type { handleBidiStreamingCall, Server, ServiceDefinition } from "@grpc/grpc-js";

const DESCRIPTORS = new URL("../../../gen/herald.binpb", import.meta.url);
/** Version 1 and v1alpha have the same messages, byte for byte. Older tools use v1alpha. */
const VERSIONS = ["v1", "v1alpha"];

interface Reflection {
  answer(requests: AsyncIterable<unknown>): AsyncIterable<{ serializeBinary(): Uint8Array }>;
  read(bytes: Buffer): unknown;
}

/** Set by the edge, whose callers want to see all services behind it. */
const EDGE_HEADER = "x-herald-edge";

/** Answers reflection for the given services (full names), and for the whole contract where the edge asks. */
export function addReflection(server: Server, services: readonly string[]): void {
  const loaded = new Map<string, Promise<Reflection>>();
  const reflectionOf = (who: "edge" | "mesh"): Promise<Reflection> => {
    const loading = loaded.get(who) ?? load(who === "edge" ? publicServices() : services);
    loaded.set(who, loading);
    return loading;
  };
  const handler: handleBidiStreamingCall<Buffer, Buffer> = async (call) => {
    try {
      const { answer, read } = await reflectionOf(call.metadata.get(EDGE_HEADER).length > 0 ? "edge" : "mesh");
      const requests = (async function* () {
        for await (const bytes of call.iterator({ destroyOnReturn: false })) yield read(bytes as Buffer);
      })();
      for await (const response of answer(requests)) call.write(Buffer.from(response.serializeBinary()));
      call.end();
    } catch (error) {
      if (!call.destroyed) call.emit("error", error);
    }
  };
  for (const version of VERSIONS)
    server.addService(definition(`grpc.reflection.${version}.ServerReflection`), { ServerReflectionInfo: handler });
}

/** Services with at least one RPC for people and programs. */
const publicServices = (): string[] => [
  ...new Set(
    Object.entries(methods)
      .filter(([, { requires }]) => !requires?.startsWith("mesh."))
      .map(([path]) => path.split("/")[1] ?? ""),
  ),
];

/** Passes bytes through: the messages are decoded where they are needed. */
const definition = (service: string): ServiceDefinition => ({
  ServerReflectionInfo: {
    path: `/${service}/ServerReflectionInfo`,
    requestStream: true,
    responseStream: true,
    requestSerialize: (bytes: Buffer) => bytes,
    requestDeserialize: (bytes: Buffer) => bytes,
    responseSerialize: (bytes: Buffer) => bytes,
    responseDeserialize: (bytes: Buffer) => bytes,
  },
});

async function load(services: readonly string[]): Promise<Reflection> {
  const [{ ServerReflection, ServerReflectionService }, descriptors] = await Promise.all([
    import("nice-grpc-server-reflection"),
    readFile(DESCRIPTORS),
  ]);
  // The package is made for nice-grpc servers. Its handler and decoder work with grpc-js too, but their types do not say so.
  const { serverReflectionInfo } = ServerReflection(descriptors, [...services]) as unknown as {
    serverReflectionInfo: Reflection["answer"];
  };
  const { requestDeserialize } = (
    ServerReflectionService as unknown as { serverReflectionInfo: { requestDeserialize: Reflection["read"] } }
  ).serverReflectionInfo;
  return { answer: serverReflectionInfo, read: requestDeserialize };
}

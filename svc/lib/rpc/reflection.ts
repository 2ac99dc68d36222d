/** Server reflection, so that grpcurl and buf curl need no files. Its parts are loaded when the first question comes: most services never get one. */
import { readFile } from "node:fs/promises";
import { methods } from "../../../gen/methods.ts";
import type { handleBidiStreamingCall, Server, ServiceDefinition } from "@grpc/grpc-js";

const DESCRIPTORS = new URL("../../../gen/herald.binpb", import.meta.url);
/** Version 1 and its forerunner say the same, byte for byte; older tools ask for the latter. */
const VERSIONS = ["v1", "v1alpha"];

interface Reflection {
  answer(requests: AsyncIterable<unknown>): AsyncIterable<{ serializeBinary(): Uint8Array }>;
  read(bytes: Buffer): unknown;
}

/** Set by the edge, whose callers want to see everything that it leads to. */
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

/** Bytes in, bytes out: the messages are read where they are needed. */
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
  // The package speaks to nice-grpc servers; its handler and its decoder are plain enough for grpc-js, but typed for the former.
  const { serverReflectionInfo } = ServerReflection(descriptors, [...services]) as unknown as {
    serverReflectionInfo: Reflection["answer"];
  };
  const { requestDeserialize } = (
    ServerReflectionService as unknown as { serverReflectionInfo: { requestDeserialize: Reflection["read"] } }
  ).serverReflectionInfo;
  return { answer: serverReflectionInfo, read: requestDeserialize };
}

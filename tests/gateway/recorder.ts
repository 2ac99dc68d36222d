/** Stands in for every service at once: a real gRPC server, with the decoders that services use, that keeps what it receives. */
import { globSync } from "node:fs";
import { fileURLToPath } from "node:url";
import {
  Server,
  ServerCredentials,
  type ServerDuplexStream,
  type ServiceDefinition,
  type UntypedServiceImplementation,
} from "@grpc/grpc-js";
import { HealthImplementation } from "grpc-health-check";
import { type GenericDefinition, grpcMethod } from "../../svc/lib/rpc/definitions.ts";
import { cleanup, type Owner } from "../lib/cleanup.ts";

/** One message of a request, decoded. */
export type RecordedMessage = Record<string, unknown>;

export interface Recorder {
  address: string;
  /** Takes what has been received since the last time: the messages of the request, in order. */
  take(): { path: string; messages: RecordedMessage[] }[];
}

/** What an RPC answers, encoded. */
export type AnswerOf = (path: string) => Uint8Array;

/** Starts one with every service of the contract. */
export async function startRecorder(t: Owner, answerOf: AnswerOf): Promise<Recorder> {
  const server = new Server();
  let calls: { path: string; messages: RecordedMessage[] }[] = [];
  const record = (path: string): RecordedMessage[] => {
    const call = { path, messages: [] as RecordedMessage[] };
    calls.push(call);
    return call.messages;
  };
  for (const definition of await everyDefinition()) addService(server, definition, record, answerOf);
  new HealthImplementation({ "": "SERVING", stores: "SERVING" }).addToServer(server);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  cleanup(t, () => server.forceShutdown());
  return {
    address: `127.0.0.1:${port}`,
    take: () => {
      const taken = calls;
      calls = [];
      return taken;
    },
  };
}

/** Every `XServiceDefinition` in gen/. */
async function everyDefinition(): Promise<GenericDefinition[]> {
  const folder = fileURLToPath(new URL("../../gen/herald/", import.meta.url));
  const modules = await Promise.all(
    globSync("*/v1/*_service.ts", { cwd: folder }).map(
      (file) => import(`../../gen/herald/${file}`) as Promise<Record<string, unknown>>,
    ),
  );
  return modules.flatMap((module) =>
    Object.entries(module).flatMap(([name, value]) =>
      name.endsWith("ServiceDefinition") ? [value as GenericDefinition] : [],
    ),
  );
}

function addService(
  server: Server,
  definition: GenericDefinition,
  record: (path: string) => RecordedMessage[],
  answerOf: AnswerOf,
): void {
  const service: Record<string, ServiceDefinition[string]> = {};
  const handlers: UntypedServiceImplementation = {};
  for (const [name, method] of Object.entries(definition.methods)) {
    const grpc = { ...grpcMethod(definition, method), responseSerialize: (bytes: unknown) => bytes as Buffer };
    service[name] = grpc;
    handlers[name] = (
      call: ServerDuplexStream<RecordedMessage, Buffer> & { request?: RecordedMessage },
      done?: (error: null, answer: Buffer) => void,
    ) => {
      const answered = async () => {
        const messages = record(grpc.path);
        if (method.requestStream) for await (const message of call) messages.push(message as RecordedMessage);
        else messages.push(call.request ?? {});
        const answer = Buffer.from(answerOf(grpc.path));
        if (done) return done(null, answer);
        call.write(answer);
        call.end();
      };
      answered().catch((error: Error) => call.destroy(error));
    };
  }
  server.addService(service, handlers);
}

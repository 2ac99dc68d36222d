/** A server for `bench/outbox.ts` that accepts what dial publishes and ignores it. */
import { type handleUnaryCall, Server, ServerCredentials } from "@grpc/grpc-js";

const same = (bytes: Buffer) => bytes;
const EMPTY = Buffer.alloc(0);
const take: handleUnaryCall<Buffer, Buffer> = (_, done) => done(null, EMPTY);

const server = new Server({ "grpc.max_receive_message_length": 4 * 1024 * 1024 });
for (const path of process.argv.slice(2)) {
  const method = {
    path,
    requestStream: false,
    responseStream: false,
    requestSerialize: same,
    requestDeserialize: same,
    responseSerialize: same,
    responseDeserialize: same,
  } as const;
  server.addService({ take: method }, { take });
}
server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  process.send?.({ port });
});
process.on("disconnect", () => process.exit(0));

/** Asks a server for its services, as `grpcurl list` does, down to the bytes: what the tool sends, we send. */
import { BinaryReader, BinaryWriter } from "@bufbuild/protobuf/wire";
import { Client, credentials } from "@grpc/grpc-js";

const PATH = "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo";
/** ServerReflectionRequest.list_services. */
const LIST_SERVICES = 7;
/** ServerReflectionResponse.list_services_response. */
const SERVICES = 6;

export async function listServices(address: string): Promise<string[]> {
  const client = new Client(address, credentials.createInsecure());
  const call = client.makeBidiStreamRequest(
    PATH,
    (bytes: Buffer) => bytes,
    (bytes: Buffer) => bytes,
  );
  try {
    call.write(
      Buffer.from(
        new BinaryWriter()
          .uint32((LIST_SERVICES << 3) | 2)
          .string("*")
          .finish(),
      ),
    );
    for await (const answer of call)
      return fields(answer as Buffer, SERVICES).flatMap((list) =>
        fields(list, 1).flatMap((service) => fields(service, 1).map(String)),
      );
    return [];
  } finally {
    call.cancel();
    client.close();
  }
}

/** The values of one length-delimited field. */
function fields(bytes: Uint8Array, wanted: number): Buffer[] {
  const reader = new BinaryReader(bytes);
  const found: Buffer[] = [];
  while (reader.pos < reader.len) {
    const [field, type] = reader.tag();
    if (field === wanted) found.push(Buffer.from(reader.bytes()));
    else reader.skip(type);
  }
  return found;
}

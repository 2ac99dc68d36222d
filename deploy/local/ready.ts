import { Client, credentials } from "@grpc/grpc-js";
import { service } from "grpc-health-check";

/** Whether a gRPC server says that it is SERVING, all it depends on included. */
export function isServing(address: string): Promise<boolean> {
  const check = service["Check"];
  if (!check) throw new Error("grpc-health-check has no Check");
  const client = new Client(address, credentials.createInsecure(), {
    "grpc.enable_retries": 0,
    "grpc.use_local_subchannel_pool": 1,
  });
  const options = { deadline: Date.now() + 2_000 };
  return new Promise((resolve) => {
    client.makeUnaryRequest(
      check.path,
      check.requestSerialize,
      check.responseDeserialize,
      { service: "" },
      options,
      (error, response) => {
        client.close();
        resolve(!error && saysServing(response));
      },
    );
  });
}

const saysServing = (response: unknown): boolean =>
  typeof response === "object" && response !== null && "status" in response && response.status === "SERVING";

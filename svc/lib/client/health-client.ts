/** Asks another server for its health. */
import { type Channel, Client, credentials } from "@grpc/grpc-js";
import { service } from "grpc-health-check";

/** Rejects unless the server behind the channel says that `name` (see health.ts) is SERVING. */
export function probeService(channel: Channel, name: string, signal: AbortSignal): Promise<void> {
  const client = new Client("health", credentials.createInsecure(), { channelOverride: channel });
  const { path, requestSerialize, responseDeserialize } = service["Check"]!;
  return new Promise((resolve, reject) => {
    const call = client.makeUnaryRequest(
      path,
      requestSerialize,
      responseDeserialize,
      { service: name },
      { deadline: Date.now() + 2_000 },
      (error, response) => {
        const { status } = (response ?? {}) as { status?: string };
        if (error) reject(new Error(error.details));
        else if (status === "SERVING") resolve();
        else reject(new Error(`it says ${status}`));
      },
    );
    signal.addEventListener("abort", () => call.cancel(), { once: true });
  });
}

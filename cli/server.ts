/** Addresses of platforms, as people write them. */
import { exitCode } from "./exit-codes.ts";
import { Failure } from "./failure.ts";

export interface Server {
  /** The key of logins: the same for every way to write the address, but different with and without TLS. */
  url: string;
  /** `host:port`, as gRPC takes it. */
  address: string;
  /** Whether to ask for TLS, with the system's authorities. */
  tls: boolean;
}

/** Reads `https://host`, `http://host:port` or a bare `host:port`, which is plain. */
export function readServer(text: string): Server {
  const written = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  const url = URL.canParse(written) ? new URL(written) : undefined;
  if (!url?.hostname || !/^https?:$/.test(url.protocol) || url.username !== "" || !/^\/?$/.test(url.pathname))
    throw new Failure(`${text} is no address of a platform.`, "Write host:port or https://host.", exitCode.wrongCall);
  const tls = url.protocol === "https:";
  const port = url.port || (tls ? "443" : "80");
  return { url: `${url.protocol}//${url.hostname}:${port}`, address: `${url.hostname}:${port}`, tls };
}

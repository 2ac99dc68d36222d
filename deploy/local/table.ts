import type { Platform } from "./platform.ts";

/** The addresses that a person needs, as a short table. */
export function addressTable({ edgeUrl, settings, demo }: Platform): string {
  const { ports, dataDir } = settings;
  const authority = edgeUrl.replace("http://", "");
  const rows: [string, string][] = [
    ["Web application", `${edgeUrl}/ui/`],
    ["REST and gRPC", `${authority}   (grpcurl -plaintext ${authority} list; ${edgeUrl}/openapi.json)`],
    ...(demo
      ? [["Sign in", `tenant ${demo.tenant}, ${demo.email}, password ${demo.password}`] as [string, string]]
      : []),
    ["Email arrives at", `smtp://localhost:${ports.HERALD_SMTP_PORT}`],
    [
      "SMS arrive at",
      `smpp://localhost:${ports.HERALD_SMPP_PORT}   (what arrived: http://localhost:${ports.HERALD_ARRIVALS_PORT})`,
    ],
    ["Data and logs", dataDir],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`).join("\n");
}

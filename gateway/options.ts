/** What the edge has to be told. */
export interface GatewayOptions {
  /** Address and port that people, programs and browsers use: REST, gRPC, gRPC-Web and the UI alike. */
  host: string;
  port: number;
  /** Port of Envoy's own admin pages, on loopback only. */
  adminPort: number;
  /** Where each service listens: `lists` → `127.0.0.1:50051`, or a headless DNS name. */
  services: Readonly<Record<string, string>>;
  /** Where the body check listens; see body-check-main.ts. */
  bodyCheck: string;
  /** Folder of the built UI, and the files that describe the contract. */
  uiDir: string;
  descriptorFile: string;
  openApiFile: string;
  /** Where the access log goes: a file, or Envoy's standard output. */
  accessLog: string;
  /** Origins beside our own whose pages may call the API. */
  corsOrigins: readonly string[];
  /** Calls that one tenant may make each second on average, and in one burst. */
  rate: { perSecond: number; burst: number };
  /** The same for each address from which somebody calls without a token: signing in, the pages. */
  addressRate: { perSecond: number; burst: number };
  /**
   * Proxies in front of the edge, each of which adds to `x-forwarded-for` from whom it got the call: so many of its last entries are
   * believed. 0: nobody's word is taken, and a caller's address is that of its connection.
   */
  trustedProxies: number;
  /** Connections at once, 10,000 unless said; each is an open file. */
  connections?: number;
  /** Certificate chain and key in PEM files; without them the edge speaks plain HTTP. */
  tls?: { certFile: string; keyFile: string };
}

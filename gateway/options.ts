/** The options of the edge. */
export interface GatewayOptions {
  /** Address and port that people, programs and browsers use: REST, gRPC, gRPC-Web and the UI alike. */
  host: string;
  port: number;
  /** Port of Envoy's own admin pages, on loopback only. */
  adminPort: number;
  /** Where each service listens: `lists` → `127.0.0.1:50051`, or a headless DNS name. */
  services: Readonly<Record<string, string>>;
  /** Address of the body check; see body-check-main.ts. */
  bodyCheck: string;
  /** Folder of the built UI, and the files that describe the contract. */
  uiDir: string;
  descriptorFile: string;
  openApiFile: string;
  /** Where the access log goes: a file, or Envoy's standard output. */
  accessLog: string;
  /** Other origins whose pages may call the API, besides our own. */
  corsOrigins: readonly string[];
  /** Calls that one tenant may make each second on average, and in one burst. */
  rate: { perSecond: number; burst: number };
  /** The same for each address from which somebody calls without a token: signing in, the pages. */
  addressRate: { perSecond: number; burst: number };
  /**
   * Number of proxies in front of the edge. Each adds the address of its caller to `x-forwarded-for`, so that many of the last entries are
   * trusted. With 0 the header is ignored, and a caller's address is that of its connection.
   */
  trustedProxies: number;
  /** Connections at once, 10,000 unless said; each is an open file. */
  connections?: number;
  /** Certificate chain and key in PEM files; without them the edge speaks plain HTTP. */
  tls?: { certFile: string; keyFile: string };
}

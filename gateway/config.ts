/** Builds Envoy's configuration from the contract: everything that the edge does, in one place. */
import { clusters } from "./clusters.ts";
import { httpFilters } from "./filters.ts";
import { errorReplies } from "./errors.ts";
import { FIRST_WORDS, IDLE_CONNECTION, overload, STREAMS_PER_CONNECTION, WHOLE_HEADERS } from "./limits.ts";
import type { GatewayOptions } from "./options.ts";
import { PAGES } from "./pages.ts";
import { virtualHost } from "./routes.ts";
import { typed } from "./typed.ts";

/**
 * Bytes that may wait in memory for a connection. This limits Envoy's memory during uploads, and also the size of the pieces in which
 * services get an upload, which take memory at a busy service.
 */
const BUFFER_BYTES = 1 << 18;

/** What an HTTP/2 caller may send ahead: enough to use a fast line over a long way. */
const WINDOW_BYTES = 1 << 20;

const LONGEST_OWN_ANSWER = 4 << 20;

/** Returns the bootstrap configuration as a plain object; Envoy reads its JSON. */
export const gatewayConfig = (options: GatewayOptions): object => ({
  admin: { address: socket("127.0.0.1", options.adminPort) },
  ...overload(options),
  static_resources: {
    listeners: [listener(options)],
    clusters: clusters(options),
  },
});

const listener = (options: GatewayOptions) => ({
  name: "edge",
  address: socket(options.host, options.port),
  per_connection_buffer_limit_bytes: BUFFER_BYTES,
  // Their results are not used, but until they have one, FIRST_WORDS limits the time of a connection.
  listener_filters: [options.tls ? inspector("tls", "TlsInspector") : inspector("http", "HttpInspector")],
  listener_filters_timeout: FIRST_WORDS,
  filter_chains: [
    {
      filters: [{ name: "http", typed_config: connectionManager(options) }],
      ...(options.tls && {
        transport_socket: downstreamTls(options.tls),
        transport_socket_connect_timeout: "10s",
      }),
    },
  ],
});

const inspector = (name: string, type: string) => ({
  name,
  typed_config: typed(`envoy.extensions.filters.listener.${name}_inspector.v3.${type}`),
});

const connectionManager = (options: GatewayOptions) =>
  typed("envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager", {
    stat_prefix: "edge",
    codec_type: "AUTO",
    http2_protocol_options: {
      initial_stream_window_size: WINDOW_BYTES,
      initial_connection_window_size: WINDOW_BYTES,
      max_concurrent_streams: STREAMS_PER_CONNECTION,
    },
    common_http_protocol_options: { idle_timeout: IDLE_CONNECTION },
    use_remote_address: true,
    xff_num_trusted_hops: options.trustedProxies,
    // A private address gives nobody more trust.
    internal_address_config: { unix_sockets: false },
    // A request id given by the caller is kept, so that a call can be followed from a program's own log to our audit trail.
    generate_request_id: true,
    preserve_external_request_id: true,
    always_set_request_id_in_response: true,
    // Envoy would write its tracing decision into ids that are UUIDs.
    request_id_extension: {
      typed_config: typed("envoy.extensions.request_id.uuid.v3.UuidRequestIdConfig", { pack_trace_reason: false }),
    },
    server_name: "herald",
    // Nothing waits for ever, neither for headers nor on a stream where both sides are silent.
    request_headers_timeout: WHOLE_HEADERS,
    stream_idle_timeout: "300s",
    normalize_path: true,
    merge_slashes: true,
    path_with_escaped_slashes_action: "REJECT_REQUEST",
    // These headers are ours, made from the verified token and by our routes, and never taken from outside.
    early_header_mutation_extensions: [
      {
        name: "own-headers",
        typed_config: typed("envoy.extensions.http.early_header_mutation.header_mutation.v3.HeaderMutation", {
          mutations: [{ remove: "x-herald-tenant" }, { remove: "x-herald-edge" }],
        }),
      },
    ],
    access_log: [
      accessLog(options.accessLog, "%PATH(NQ:ORIG)%", isNoPage),
      accessLog(options.accessLog, `${PAGES}…`, isPage),
    ],
    local_reply_config: errorReplies,
    http_filters: httpFilters(options),
    route_config: {
      name: "edge",
      validate_clusters: false,
      max_direct_response_body_size_bytes: LONGEST_OWN_ANSWER,
      virtual_hosts: [virtualHost(options)],
    },
  });

/**
 * One JSON line for a request. `client` is the caller's address according to trusted proxies, `peer` the other end of the connection.
 * Paths contain only ids, except those of pages, whose tokens are for the owner of an address alone. Query strings may contain numbers and
 * names, so they are left out.
 */
const accessLog = (path: string, requested: string, filter: object) => ({
  name: "access",
  filter,
  typed_config: typed("envoy.extensions.access_loggers.file.v3.FileAccessLog", {
    path,
    log_format: {
      json_format: {
        time: "%START_TIME%",
        client: "%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%",
        peer: "%DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT%",
        request_id: "%REQ(X-REQUEST-ID)%",
        method: "%REQ(:METHOD)%",
        path: requested,
        protocol: "%PROTOCOL%",
        status: "%RESPONSE_CODE%",
        grpc_status: "%GRPC_STATUS%",
        details: "%RESPONSE_CODE_DETAILS%",
        flags: "%RESPONSE_FLAGS%",
        bytes_in: "%BYTES_RECEIVED%",
        bytes_out: "%BYTES_SENT%",
        duration_ms: "%DURATION%",
        tenant: "%REQ(X-HERALD-TENANT)%",
        service: "%UPSTREAM_CLUSTER%",
      },
    },
  }),
});

/** Pages are transcoded, and then their path is that of an RPC, and the header has the one that they came by. */
const pathBegins = (invert_match: boolean) =>
  [":path", "x-envoy-original-path"].map((name) => ({
    header_filter: {
      header: { name, string_match: { prefix: PAGES }, invert_match, treat_missing_header_as_empty: true },
    },
  }));
const isPage = { or_filter: { filters: pathBegins(false) } };
const isNoPage = { and_filter: { filters: pathBegins(true) } };

const downstreamTls = ({ certFile, keyFile }: { certFile: string; keyFile: string }) => ({
  name: "tls",
  typed_config: typed("envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext", {
    common_tls_context: {
      alpn_protocols: ["h2", "http/1.1"],
      tls_certificates: [{ certificate_chain: { filename: certFile }, private_key: { filename: keyFile } }],
    },
  }),
});

const socket = (address: string, port: number) => ({ socket_address: { address, port_value: port } });

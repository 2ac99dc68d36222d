/** Where requests go: a cluster for each service, and one for Envoy itself, from which it fetches the signing keys. */
import type { GatewayOptions } from "./options.ts";
import { circuitBreakers, outlierDetection } from "./limits.ts";
import { typed } from "./typed.ts";

/** Envoy's own listener, where `/.well-known/jwks.json` is a transcoded RPC of identity. */
export const SELF_CLUSTER = "edge-self";

/** Where the signing keys of `identity` are. */
export const KEYS_PATH = "/.well-known/jwks.json";

const WINDOW_BYTES = 1 << 20;

/** The process that checks JSON bodies before they are transcoded to gRPC. */
export const BODY_CHECK_CLUSTER = "body-check";

export const clusters = ({ services, port, host, tls, bodyCheck }: GatewayOptions) => [
  ...Object.entries(services).map(([name, address]) => serviceCluster(name, address)),
  {
    name: BODY_CHECK_CLUSTER,
    type: "STRICT_DNS",
    dns_lookup_family: "V4_PREFERRED",
    connect_timeout: "1s",
    load_assignment: endpoint(BODY_CHECK_CLUSTER, bodyCheck),
    circuit_breakers: circuitBreakers,
    health_checks: [
      {
        timeout: "2s",
        interval: "1s",
        no_traffic_interval: "1s",
        unhealthy_interval: "0.5s",
        unhealthy_threshold: 3,
        healthy_threshold: 1,
        http_health_check: { path: "/healthz" },
      },
    ],
  },
  {
    name: SELF_CLUSTER,
    type: "STRICT_DNS",
    load_assignment: endpoint(SELF_CLUSTER, `${host === "0.0.0.0" ? "127.0.0.1" : host}:${port}`),
    // Checks through its own listener whether the edge still passes requests on. The keys are fetched here even if the check fails.
    health_checks: [
      {
        timeout: "2s",
        interval: "5s",
        no_traffic_interval: "5s",
        unhealthy_interval: "1s",
        unhealthy_threshold: 2,
        healthy_threshold: 1,
        http_health_check: { path: KEYS_PATH },
      },
    ],
    common_lb_config: { healthy_panic_threshold: { value: 100 } },
    ...(tls && {
      transport_socket: {
        name: "tls",
        typed_config: typed("envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext"),
      },
    }),
  },
];

const serviceCluster = (name: string, address: string) => ({
  name,
  // Every address behind the name gets its share: a headless service in a cluster, or one process on one machine.
  type: "STRICT_DNS",
  dns_lookup_family: "V4_PREFERRED",
  lb_policy: "LEAST_REQUEST",
  connect_timeout: "2s",
  per_connection_buffer_limit_bytes: WINDOW_BYTES,
  load_assignment: endpoint(name, address),
  typed_extension_protocol_options: {
    "envoy.extensions.upstreams.http.v3.HttpProtocolOptions": typed(
      "envoy.extensions.upstreams.http.v3.HttpProtocolOptions",
      {
        explicit_http_config: {
          http2_protocol_options: {
            initial_stream_window_size: WINDOW_BYTES,
            initial_connection_window_size: 4 * WINDOW_BYTES,
            connection_keepalive: { interval: "30s", timeout: "5s" },
          },
        },
      },
    ),
  },
  circuit_breakers: circuitBreakers,
  // A service that answers NOT_SERVING, or not at all, gets no requests.
  health_checks: [
    {
      timeout: "2s",
      interval: "1s",
      no_traffic_interval: "1s",
      unhealthy_interval: "0.5s",
      unhealthy_threshold: 2,
      healthy_threshold: 1,
      grpc_health_check: {},
    },
  ],
  common_lb_config: { healthy_panic_threshold: { value: 0 } },
  outlier_detection: outlierDetection,
});

const endpoint = (cluster_name: string, address: string) => {
  const colon = address.lastIndexOf(":");
  const socket_address = { address: address.slice(0, colon), port_value: Number(address.slice(colon + 1)) };
  return { cluster_name, endpoints: [{ lb_endpoints: [{ endpoint: { address: { socket_address } } }] }] };
};

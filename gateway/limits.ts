/**
 * Limits for one caller at the edge, so that no tenant, address or stranger can keep others out: calls a second by tenant or, without a
 * token, by address; the time for a request to arrive; and the number of everything that is open at once.
 */
import type { GatewayOptions } from "./options.ts";
import { typed } from "./typed.ts";

/** How long a request other than a file may take to arrive, and how long a plain call may take in all. */
export const wholeWithin = { max_stream_duration: { max_stream_duration: "60s", grpc_timeout_header_max: "60s" } };

/** Streams may go on as long as either side sends something. `0s` also switches off the timeout of the first route. */
export const endless = { max_stream_duration: { max_stream_duration: "0s", grpc_timeout_header_max: "0s" } };

/** Longest silence of an upload, which may have to wait for its turn at `lists`. `lists` itself ends uploads that are too slow, with an error that says so. */
export const UPLOAD_SILENCE = "300s";

/** Streams of one HTTP/2 connection; more wait at the caller. */
export const STREAMS_PER_CONNECTION = 200;

/** An idle connection is closed; callers open another when they need it. */
export const IDLE_CONNECTION = "30s";

/** A new connection must send its first bytes in this time, so that nobody can keep thousands of silent connections. */
export const FIRST_WORDS = "10s";

/** And then its request: the line and the headers. */
export const WHOLE_HEADERS = "15s";

/** The address of who calls, as Envoy writes it. */
export const CLIENT = "%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%";

const OWN_ANSWERS = 50_000;
const MOST_CONNECTIONS = 10_000;
/** Open files that Envoy needs besides those connections: for services, logs and itself. It does not survive running out of them. */
const OTHER_FILES = 2_000;
const FEWEST_CONNECTIONS = 100;
const MOST_HEAP_BYTES = 1 << 30;
/** Streams whose buffers are larger are ended first when memory grows short: 2^20. */
const LARGE_BUFFER_POWER = 20;

/**
 * Calls to one service at once. Incomplete requests wait at the edge and do not count. The services themselves limit what one caller may
 * have at once; these limits only protect a service from overload. Plain calls have priority HIGH, so that streams cannot take their
 * places.
 */
export const circuitBreakers = {
  thresholds: ["DEFAULT", "HIGH"].map((priority) => ({
    priority,
    max_connections: 1_000,
    max_pending_requests: 10_000,
    max_requests: 10_000,
    retry_budget: { budget_percent: { value: 20 }, min_retry_concurrency: 10 },
  })),
};

/**
 * An instance that cannot be reached, hangs, or fails nearly every call while others do not gets no calls for a while; never more than
 * half of the instances. The only instance is never ejected, since health checks watch it. A row of errors alone ejects nobody, or one
 * tenant's bad input could take the service from all.
 */
export const outlierDetection = {
  split_external_local_origin_errors: true,
  enforcing_consecutive_5xx: 0,
  enforcing_consecutive_gateway_failure: 0,
  enforcing_success_rate: 0,
  enforcing_local_origin_success_rate: 0,
  consecutive_local_origin_failure: 5,
  enforcing_consecutive_local_origin_failure: 100,
  failure_percentage_threshold: 80,
  failure_percentage_minimum_hosts: 2,
  // So few, that a sick one is found at night, and where it fails fast while the others take their time, and so gets nearly every
  // call: each must have had so many. Half of the instances go on in any case.
  failure_percentage_request_volume: 3,
  enforcing_failure_percentage: 100,
  enforcing_failure_percentage_local_origin: 100,
  interval: "5s",
  base_ejection_time: "5s",
  max_ejection_percent: 50,
};

/** How many connections may be open at once on a machine that allows a process so many open files. */
export const connectionsWithin = (openFiles: number): number =>
  Math.max(FEWEST_CONNECTIONS, Math.min(MOST_CONNECTIONS, openFiles - OTHER_FILES));

/** Envoy as a whole: connections and memory. */
export const overload = ({ connections = MOST_CONNECTIONS }: Pick<GatewayOptions, "connections">) => ({
  overload_manager: {
    refresh_interval: "0.25s",
    buffer_factory_config: { minimum_account_to_track_power_of_two: LARGE_BUFFER_POWER },
    resource_monitors: [
      {
        name: "envoy.resource_monitors.global_downstream_max_connections",
        typed_config: typed(
          "envoy.extensions.resource_monitors.downstream_connections.v3.DownstreamConnectionsConfig",
          { max_active_downstream_connections: connections },
        ),
      },
      {
        name: "envoy.resource_monitors.fixed_heap",
        typed_config: typed("envoy.extensions.resource_monitors.fixed_heap.v3.FixedHeapConfig", {
          max_heap_size_bytes: MOST_HEAP_BYTES,
        }),
      },
    ],
    actions: [
      {
        name: "envoy.overload_actions.reset_high_memory_stream",
        triggers: [
          {
            name: "envoy.resource_monitors.fixed_heap",
            scaled: { scaling_threshold: 0.8, saturation_threshold: 0.95 },
          },
        ],
      },
      {
        name: "envoy.overload_actions.stop_accepting_requests",
        triggers: [{ name: "envoy.resource_monitors.fixed_heap", threshold: { value: 0.98 } }],
      },
    ],
  },
});

/** The key by which a call is counted: its tenant or, without a token, its address (for IPv6 the 64-bit network). */
export const countedBy = [
  { actions: [{ request_headers: { header_name: "x-herald-tenant", descriptor_key: "tenant" } }] },
  {
    actions: [
      {
        header_value_match: {
          descriptor_key: "caller",
          descriptor_value: "nobody",
          expect_match: false,
          headers: [{ name: "x-herald-tenant", present_match: true }],
        },
      },
      { masked_remote_address: { v4_prefix_mask_len: 32, v6_prefix_mask_len: 64 } },
    ],
  },
];

/** The edge itself asks for the signing keys, and no stranger may use up its share. */
export const countedAsKeys = [{ actions: [{ generic_key: { descriptor_key: "path", descriptor_value: "keys" } }] }];

/** A token bucket for each key; a call takes one token. */
export const rateLimit = ({ rate, addressRate }: Pick<GatewayOptions, "rate" | "addressRate">) => {
  const bucket = ({ perSecond, burst }: GatewayOptions["rate"]) => ({
    max_tokens: burst,
    tokens_per_fill: perSecond,
    fill_interval: "1s",
  });
  const always = (runtime_key: string) => ({ runtime_key, default_value: { numerator: 100, denominator: "HUNDRED" } });
  return typed("envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit", {
    stat_prefix: "callers",
    filter_enabled: always("rate_limit.enabled"),
    filter_enforced: always("rate_limit.enforced"),
    // Requests that the edge answers itself (an unknown path, the first page) share one count, and cost next to nothing.
    token_bucket: { max_tokens: OWN_ANSWERS, tokens_per_fill: OWN_ANSWERS, fill_interval: "1s" },
    descriptors: [
      { entries: [{ key: "tenant" }], token_bucket: bucket(rate) },
      {
        entries: [{ key: "caller", value: "nobody" }, { key: "masked_remote_address" }],
        token_bucket: bucket(addressRate),
      },
      { entries: [{ key: "path", value: "keys" }], token_bucket: bucket(addressRate) },
    ],
    max_dynamic_descriptors: 10_000,
    always_consume_default_token_bucket: false,
    enable_x_ratelimit_headers: "DRAFT_VERSION_03",
    response_headers_to_add: [{ header: { key: "retry-after", value: "1" } }],
  });
};

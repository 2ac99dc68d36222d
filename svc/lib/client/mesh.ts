/** One service's connections to the others. Each opens when it is first needed, and all clients of that service share it. */
import { TokenServiceDefinition } from "../../../gen/herald/identity/v1/token_service.ts";
import type { MethodRule } from "../../../gen/methods.ts";
import { jwksKeySource, type KeySource } from "../auth/auth.ts";
import { type Calls, connect, type Connection } from "./client.ts";
import type { CommonConfig } from "../service/common-config.ts";
import type { ServiceName } from "../service/service-names.ts";
import { type GenericDefinition, serviceOf } from "../rpc/definitions.ts";
import { audienceOf, meshTokens } from "../auth/mesh-token.ts";
import type { Metrics } from "../observe/metrics.ts";

const JWKS_TIMEOUT_MS = 3_000;

export class Mesh {
  readonly #config: CommonConfig;
  readonly #metrics: Metrics;
  readonly #methods: Readonly<Record<string, MethodRule>> | undefined;
  readonly #name: ServiceName;
  readonly #connections = new Map<ServiceName, Connection>();

  /** `methods` stands in for the contract, in tests. */
  constructor(
    service: ServiceName,
    config: CommonConfig,
    metrics: Metrics,
    methods?: Readonly<Record<string, MethodRule>>,
  ) {
    this.#config = config;
    this.#metrics = metrics;
    this.#methods = methods;
    this.#name = service;
  }

  client<Definition extends GenericDefinition>(
    definition: Definition,
    service = serviceOf(definition) as ServiceName,
  ): Calls<Definition> {
    return this.connection(service).client(definition);
  }

  connection(service: ServiceName): Connection {
    const open = this.#connections.get(service);
    if (open) return open;
    const { meshAddresses, meshKey, deadlineMs, tls } = this.#config;
    const connection = connect({
      address: meshAddresses[service],
      token: meshTokens(this.#name, audienceOf(meshKey, service)),
      deadlineMs,
      tls,
      metrics: this.#metrics,
      ...(this.#methods && { methods: this.#methods }),
    });
    this.#connections.set(service, connection);
    return connection;
  }

  /** The keys that `identity` signs people's tokens with. */
  identityKeys(): KeySource {
    const tokens = this.client(TokenServiceDefinition);
    return jwksKeySource(async () => {
      const { data } = await tokens.getJwks({}, { tenantId: "*", timeoutMs: JWKS_TIMEOUT_MS });
      return JSON.parse(Buffer.from(data).toString()) as { keys: [] };
    });
  }

  close(): void {
    for (const connection of this.#connections.values()) connection.close();
  }
}

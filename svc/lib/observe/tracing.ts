/** OpenTelemetry traces across gRPC, pg and ioredis. Off, and not even loaded, unless OTEL_EXPORTER_OTLP_ENDPOINT is set. */
import { createRequire } from "node:module";

/**
 * Starts tracing if it is configured. It must run before a service's modules are loaded, since it patches gRPC, pg and ioredis. Gives a
 * function that sends the rest and ends tracing; undefined when tracing is off.
 */
export async function startTracing(
  service: string,
  endpoint = process.env["OTEL_EXPORTER_OTLP_ENDPOINT"],
): Promise<(() => Promise<void>) | undefined> {
  if (!endpoint) return undefined;
  const [
    { NodeSDK },
    { OTLPTraceExporter },
    { GrpcInstrumentation },
    { PgInstrumentation },
    { IORedisInstrumentation },
  ] = await Promise.all([
    import("@opentelemetry/sdk-node"),
    import("@opentelemetry/exporter-trace-otlp-grpc"),
    import("@opentelemetry/instrumentation-grpc"),
    import("@opentelemetry/instrumentation-pg"),
    import("@opentelemetry/instrumentation-ioredis"),
  ]);
  const sdk = new NodeSDK({
    serviceName: `herald-${service}`,
    traceExporter: new OTLPTraceExporter({ url: endpoint }),
    metricReaders: [],
    logRecordProcessors: [],
    instrumentations: [
      new GrpcInstrumentation({ ignoreGrpcMethods: [/^(Check|Watch|ServerReflectionInfo)$/] }),
      // Statements are recorded without their values, which may be personal.
      new PgInstrumentation({ enhancedDatabaseReporting: false, requireParentSpan: true }),
      new IORedisInstrumentation({ requireParentSpan: true, dbStatementSerializer: (command) => command }),
    ],
  });
  sdk.start();
  const require = createRequire(import.meta.url);
  for (const name of ["@grpc/grpc-js", "pg", "ioredis"]) require(name);
  return () => sdk.shutdown();
}

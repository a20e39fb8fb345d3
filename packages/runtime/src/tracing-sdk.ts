/** The one place that knows OpenTelemetry's SDK. Loaded by `startTracing` when there is an exporter. */
import { context, diag, DiagLogLevel, ProxyTracerProvider, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import {
  detectResources,
  resourceAttributesEnvDetector,
  resourceFromAttributes,
  serviceNameEnvDetector,
} from "@opentelemetry/resources";
import {
  BatchSpanProcessor,
  ConsoleSpanExporter,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from "@opentelemetry/sdk-trace";
import type { Logger } from "./logger.ts";
import { INSTRUMENTATION } from "./trace.ts";

const ATTRIBUTE_CHARACTERS_MAX = 256;
const EXPORT_EVERY_MS = 1_000;

export interface SdkOptions {
  readonly name: string;
  readonly exporter: "otlp" | "console";
  /** Share of the traces that begin here, 0 to 1. */
  readonly sampled: number;
  readonly logger: Logger;
}

/**
 * No propagator is installed: who takes a trace over from outside, or hands one on, says so (`trace.ts`), so that no
 * library does it for a visitor.
 */
export function installSdk({ name, exporter, sampled, logger }: SdkOptions): () => Promise<void> {
  const own = resourceFromAttributes({ "service.namespace": "tillstream", "service.name": name });
  const given = detectResources({ detectors: [resourceAttributesEnvDetector, serviceNameEnvDetector] });
  const provider = new TracerProvider({
    resource: own.merge(given),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(sampled) }),
    spanLimits: { attributeValueLengthLimit: ATTRIBUTE_CHARACTERS_MAX },
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: exporter === "console" ? new ConsoleSpanExporter() : new OTLPTraceExporter(),
        scheduledDelayMillis: EXPORT_EVERY_MS,
      }),
    ],
  });
  const nothing = new ProxyTracerProvider();
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider({
    getTracer: (scope) => (scope === INSTRUMENTATION ? provider : nothing).getTracer(scope),
  });
  const report = (message: string) => logger.warn({ err: message }, "tracing");
  diag.setLogger(
    { error: report, warn: report, info: () => undefined, debug: () => undefined, verbose: () => undefined },
    DiagLogLevel.WARN,
  );
  return () => provider.shutdown();
}

/**
 * Switches tracing on, for a process whose settings name an exporter. The SDK is loaded only then: without one nothing
 * is recorded, and nothing of it is in memory.
 */
import { readEnv, tracingSettings } from "./env.ts";
import type { Logger } from "./logger.ts";

/** @param name of the service, unless `OTEL_SERVICE_NAME` has another; resolves to what sends the last spans */
export async function startTracing(name: string, logger: Logger): Promise<() => Promise<void>> {
  const settings = readEnv(tracingSettings);
  const named = settings.OTEL_EXPORTER_OTLP_ENDPOINT ?? settings.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT;
  const exporter = settings.OTEL_TRACES_EXPORTER ?? (named === undefined ? "none" : "otlp");
  if (exporter === "none" || settings.OTEL_SDK_DISABLED) return () => Promise.resolve();
  const { installSdk } = await import("./tracing-sdk.ts");
  return installSdk({ name, exporter, sampled: settings.OTEL_TRACES_SAMPLER_ARG, logger });
}

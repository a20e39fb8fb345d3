import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";

/** In a process of its own: what it has loaded, and whether its spans are recorded. */
const SCRIPT = `
  import { registerHooks } from "node:module";
  import { trace } from "@opentelemetry/api";
  const loaded = [];
  registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) });
  const { createLogger, inSpan, startTracing } = await import(${JSON.stringify(new URL("index.ts", import.meta.url).href)});
  const logger = createLogger("probe", "warn", { write: (line) => console.error(line) });
  await startTracing("probe", logger).catch((error) => console.log(JSON.stringify({ refused: error.message })));
  const recording = await inSpan({ name: "probe" }, async (span) => span.isRecording());
  const libraries = trace.getTracer("next.js").startSpan("GET /pages/1?token=secret").isRecording();
  const sdk = loaded.filter((url) => /@opentelemetry\\/(?!api\\/)/.test(url)).length > 0;
  console.log(JSON.stringify({ recording, libraries, sdk }));
  process.exit();
`;

async function probe(settings: Record<string, string>): Promise<unknown[]> {
  const child = spawn(process.execPath, ["--input-type=module", "--eval", SCRIPT], {
    stdio: ["ignore", "pipe", "inherit"],
    env: settings,
  });
  const lines = (await text(child.stdout)).trim().split("\n");
  return lines.map((line) => JSON.parse(line) as unknown);
}

describe("tracing", () => {
  it.each([
    ["nothing is set", {}],
    ["the exporter is none", { OTEL_TRACES_EXPORTER: "none", OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:4318" }],
    ["it is switched off", { OTEL_SDK_DISABLED: "true", OTEL_TRACES_EXPORTER: "console" }],
  ])("loads no SDK and records nothing when %s", async (_, settings) => {
    expect(await probe(settings)).toEqual([{ recording: false, libraries: false, sdk: false }]);
  });

  it.each([
    ["an endpoint is set", { OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:4318" }],
    ["the exporter is console", { OTEL_TRACES_EXPORTER: "console" }],
  ])("records our own spans, and none of a library, when %s", async (_, settings) => {
    expect(await probe(settings)).toContainEqual({ recording: true, libraries: false, sdk: true });
  });

  it("records none of the traces that begin here when their share is 0", async () => {
    const settings = { OTEL_TRACES_EXPORTER: "console", OTEL_TRACES_SAMPLER_ARG: "0" };
    expect(await probe(settings)).toContainEqual({ recording: false, libraries: false, sdk: true });
  });

  it("refuses a protocol that it does not speak, by its name", async () => {
    const [refused] = await probe({ OTEL_TRACES_EXPORTER: "otlp", OTEL_EXPORTER_OTLP_PROTOCOL: "grpc" });
    expect(refused).toEqual({ refused: expect.stringContaining("OTEL_EXPORTER_OTLP_PROTOCOL") });
  });
});

/** An OpenTelemetry collector for tests: accepts spans over OTLP as any does, and keeps them. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import protobuf from "protobufjs";

/** The part of opentelemetry/proto/collector/trace/v1 and its imports that is looked at. */
const OTLP = protobuf
  .parse(`
  syntax = "proto3";
  message Request { repeated ResourceSpans resource_spans = 1; }
  message ResourceSpans { Resource resource = 1; repeated ScopeSpans scope_spans = 2; }
  message Resource { repeated KeyValue attributes = 1; }
  message ScopeSpans { Scope scope = 1; repeated Span spans = 2; }
  message Scope { string name = 1; }
  message Span {
    bytes trace_id = 1; bytes span_id = 2; bytes parent_span_id = 4; string name = 5; int32 kind = 6;
    repeated KeyValue attributes = 9; repeated Event events = 11; repeated Link links = 13; Status status = 15;
  }
  message Event { string name = 2; repeated KeyValue attributes = 3; }
  message Link { bytes trace_id = 1; bytes span_id = 2; }
  message Status { string message = 2; int32 code = 3; }
  message KeyValue { string key = 1; AnyValue value = 2; }
  message AnyValue { oneof value { string string_value = 1; bool bool_value = 2; int64 int_value = 3; double double_value = 4; } }
`)
  .root.lookupType("Request");

const KINDS = ["", "internal", "server", "client", "producer", "consumer"] as const;

export interface CollectedSpan {
  /** Of the process. */
  readonly service: string;
  readonly name: string;
  readonly kind: (typeof KINDS)[number];
  readonly traceId: string;
  readonly spanId: string;
  /** Empty for a span that begins a trace. */
  readonly parentSpanId: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly failed: boolean;
  /** The spans it points to. */
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[];
}

export interface TraceCollector extends AsyncDisposable {
  /** For `OTEL_EXPORTER_OTLP_ENDPOINT`. */
  readonly url: string;
  readonly spans: readonly CollectedSpan[];
  /** Everything that came, as text: for what must not be in there. */
  readonly bodies: readonly string[];
}

export async function startTraceCollector(): Promise<TraceCollector> {
  const spans: CollectedSpan[] = [];
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks);
      bodies.push(body.toString("latin1"));
      spans.push(...spansOf(body));
      response.writeHead(200, { "content-type": "application/x-protobuf" }).end();
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    bodies,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

interface Pair {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}

interface Sent {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Pair[] };
    readonly scopeSpans: readonly { readonly spans: readonly SentSpan[] }[];
  }[];
}

interface SentSpan {
  readonly traceId: Uint8Array;
  readonly spanId: Uint8Array;
  readonly parentSpanId?: Uint8Array;
  readonly name: string;
  readonly kind: number;
  readonly attributes: readonly Pair[];
  readonly links: readonly { readonly traceId: Uint8Array; readonly spanId: Uint8Array }[];
  readonly status?: { readonly code?: number };
}

const FAILED = 2;
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const valuesOf = (pairs: readonly Pair[]) =>
  Object.fromEntries(pairs.map(({ key, value }) => [key, Object.values(value)[0]]));

function spansOf(body: Buffer): CollectedSpan[] {
  const { resourceSpans } = OTLP.toObject(OTLP.decode(body), { longs: Number, arrays: true }) as Sent; // by the messages above
  return resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) =>
      spans.map((span) => ({
        service: String(valuesOf(resource.attributes)["service.name"]),
        name: span.name,
        kind: KINDS[span.kind] ?? "",
        traceId: hex(span.traceId),
        spanId: hex(span.spanId),
        parentSpanId: hex(span.parentSpanId ?? new Uint8Array()),
        attributes: valuesOf(span.attributes),
        failed: span.status?.code === FAILED,
        links: span.links.map((link) => ({ traceId: hex(link.traceId), spanId: hex(link.spanId) })),
      })),
    ),
  );
}

/**
 * A trace as an outline, each span under its parent, children by name, such as `process Paid by mail (worker, consumer)`,
 * with the event's type whatever the bus calls its destination. Says so of a span whose parent is not there.
 */
export function outlineOf(spans: readonly CollectedSpan[]): string {
  const children = Map.groupBy(spans, ({ parentSpanId }) => parentSpanId);
  const known = new Set(spans.map(({ spanId }) => spanId));
  const lost = spans.filter(({ parentSpanId }) => parentSpanId !== "" && !known.has(parentSpanId));
  const linesUnder = (parent: string): string[] =>
    (children.get(parent) ?? [])
      .map((span) => [labelOf(span), ...linesUnder(span.spanId).map((line) => `  ${line}`)])
      .toSorted((one, other) => one.join("\n").localeCompare(other.join("\n"), "en"))
      .flat();
  return [...linesUnder(""), ...lost.map((span) => `without its parent: ${labelOf(span)}`)].join("\n");
}

function labelOf({ name, service, kind, attributes, failed }: CollectedSpan): string {
  const { "tillstream.event.type": type, "messaging.consumer.group.name": subscription } = attributes;
  const what = typeof type === "string" ? `${String(attributes["messaging.operation.name"])} ${type}` : name;
  const by = typeof subscription === "string" ? ` by ${subscription}` : "";
  return `${what}${by} (${service}, ${kind})${failed ? " failed" : ""}`;
}

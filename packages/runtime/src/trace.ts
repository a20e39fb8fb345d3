/**
 * What follows from one command, in traces and logs: its correlation id goes with all work on its behalf, its trace too
 * once an exporter is set (`tracing.ts`). Until then spans are those of OpenTelemetry's API, which do nothing.
 *
 * Attributes name things by their ids. Messages of errors stay out of spans: they may quote what a person typed.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { context, isSpanContextValid, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import type { Attributes, Context, Link, Span, TimeInput } from "@opentelemetry/api";

export { SpanKind } from "@opentelemetry/api";
export type { Attributes, Link, Span } from "@opentelemetry/api";

/** The only instrumentation that is exported: what libraries record may hold whole URLs, and those hold keys. */
export const INSTRUMENTATION = "tillstream";

/** https://www.w3.org/TR/trace-context/#traceparent-header: version 00, trace id, parent id, flags. */
const TRACEPARENT = /^00-(?!0{32})([\da-f]{32})-(?!0{16})([\da-f]{16})-([\da-f]{2})$/;

/** Whose work goes on: what event metadata and saga runs keep. */
export interface Story {
  readonly correlationId?: string;
  /** W3C; one that is absent or not well-formed begins a new trace. */
  readonly traceparent?: string | null | undefined;
}

export interface SpanSpec {
  /** Of low cardinality. */
  readonly name: string;
  /** `INTERNAL` by default. */
  readonly kind?: SpanKind;
  readonly attributes?: Attributes;
  readonly links?: readonly (Link | undefined)[];
  readonly startTime?: TimeInput;
  /** Which story goes on; by default the one of the caller. */
  readonly story?: Story;
  /** Begins a new trace, whatever goes on around it. */
  readonly root?: boolean;
}

const tracer = trace.getTracer(INSTRUMENTATION);

// An app's bundle may hold this module several times, and the logger must find what the router noted.
const holder = globalThis as typeof globalThis & { tillstreamCorrelation?: AsyncLocalStorage<string> };
const correlation = (holder.tillstreamCorrelation ??= new AsyncLocalStorage());

/** Every line that is logged by `work`, or by what it starts, carries the id. */
export function withCorrelation<Result>(correlationId: string, work: () => Result): Result {
  return correlation.run(correlationId, work);
}

/** What each log line says of where it belongs; names as OpenTelemetry has them. */
export function logFields(): Record<string, string> {
  const correlationId = correlation.getStore();
  const span = trace.getActiveSpan()?.spanContext();
  return {
    ...(correlationId !== undefined && { correlationId }),
    ...(span !== undefined && isSpanContextValid(span) && { trace_id: span.traceId, span_id: span.spanId }),
  };
}

/** Runs `work` in a span of its own. What it throws marks the span as failed and goes on to the caller. */
export function inSpan<Result>(spec: SpanSpec, work: (span: Span) => Promise<Result>): Promise<Result> {
  const run = () =>
    tracer.startActiveSpan(spec.name, optionsOf(spec), contextOf(spec), async (span) => {
      try {
        return await work(span);
      } catch (error) {
        spanFailed(span, error);
        throw error;
      } finally {
        span.end();
      }
    });
  const correlationId = spec.story?.correlationId;
  return correlationId === undefined ? run() : withCorrelation(correlationId, run);
}

/** A span that is not the parent of anything: its caller ends it. */
export function startSpan(spec: SpanSpec): Span {
  return tracer.startSpan(spec.name, optionsOf(spec), contextOf(spec));
}

/** @param error a word for what went wrong, or an error, of which the code, or else the name, is kept and the message is not */
export function spanFailed(span: Span, error: unknown): void {
  span.setAttribute("error.type", typeof error === "string" ? error : wordFor(error));
  span.setStatus({ code: SpanStatusCode.ERROR });
}

function wordFor(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const { code } = error as Error & { code?: unknown };
  return typeof code === "string" ? code : error.name;
}

/** The active span as a `traceparent` header says it; undefined where nothing is traced. */
export function activeTraceparent(): string | undefined {
  const span = trace.getActiveSpan()?.spanContext();
  if (span === undefined || !isSpanContextValid(span)) return undefined;
  return `00-${span.traceId}-${span.spanId}-${span.traceFlags.toString(16).padStart(2, "0")}`;
}

/** For a call to a service of ours, which goes on with the story. */
export function storyHeaders(): Record<string, string> {
  const traceparent = activeTraceparent();
  const correlationId = correlation.getStore();
  return {
    ...(traceparent !== undefined && { traceparent }),
    ...(correlationId !== undefined && { "x-correlation-id": correlationId }),
  };
}

/** The traceparent if it is well-formed. */
export function validTraceparent(traceparent: string | null | undefined): string | undefined {
  return typeof traceparent === "string" && TRACEPARENT.test(traceparent) ? traceparent : undefined;
}

/** Points to a span without going on with its trace; undefined when the span does not exist. */
export function linkTo(traceparent: string | null | undefined): Link | undefined {
  const [, traceId, spanId, flags] = TRACEPARENT.exec(traceparent ?? "") ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return undefined;
  return { context: { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true } };
}

function optionsOf({ kind = SpanKind.INTERNAL, attributes = {}, links = [], startTime, root = false }: SpanSpec) {
  const known = links.filter((link) => link !== undefined);
  return { kind, attributes, links: known, root, ...(startTime !== undefined && { startTime }) };
}

function contextOf({ story }: SpanSpec): Context {
  if (story === undefined) return context.active();
  const parent = linkTo(story.traceparent);
  return parent === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, parent.context);
}

/** `/metrics` of an app. What it tells is for an inner network: without the setting there is nothing at this address. */
import type { SqlExecutor } from "@tillstream/runtime";
import { createMetrics } from "./metrics.ts";
import type { Metrics } from "./metrics.ts";

const TEXT = "text/plain; charset=utf-8";

export interface MetricsEndpointOptions {
  readonly db: SqlExecutor;
  /** The setting `INTERNAL_METRICS`. */
  readonly enabled: boolean;
}

/** Answers with Prometheus text; 404 when it is off, 503 while Postgres is away. */
export function metricsEndpoint({ db, enabled }: MetricsEndpointOptions): () => Promise<Response> {
  let metrics: Metrics | undefined;
  return async () => {
    if (!enabled) return answer(404, TEXT, "There is nothing here.");
    metrics ??= createMetrics(db);
    try {
      const { text, contentType } = await metrics.render();
      return answer(200, contentType, text);
    } catch {
      return answer(503, TEXT, "Postgres cannot be reached.");
    }
  };
}

function answer(status: number, contentType: string, body: string): Response {
  return new Response(body, { status, headers: { "content-type": contentType, "cache-control": "no-store" } });
}

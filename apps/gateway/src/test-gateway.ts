/** A gateway on a free port with a ledger of its own, and its clients in a line each. For tests. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLogger } from "@tillstream/runtime";
import { startGateway } from "./gateway.ts";
import type { GatewayOptions } from "./gateway.ts";
import type { PagedEntry } from "./ledger-page.ts";

/** Every field that some answer has; a test reads those that it expects. */
interface ReplyBody {
  readonly id: string;
  readonly at: string;
  readonly error: { readonly code: string; readonly fields: unknown };
  readonly charges: readonly { readonly id: string; readonly status: string }[];
  readonly entries: readonly PagedEntry[];
  readonly nextCursor?: string | null;
  readonly text: string;
}

interface Reply {
  readonly status: number;
  readonly body: ReplyBody;
}

export async function startTestGateway(options: Partial<GatewayOptions> = {}) {
  const folder = await mkdtemp(join(tmpdir(), "tillstream-gateway-"));
  const ledgerPath = join(folder, "ledger.sqlite");
  const gateway = await startGateway({
    port: 0,
    ledgerPath,
    latencyMs: 0,
    webhookSecret: "whsec_for_the_tests_only",
    logger: createLogger("gateway-test", "silent"),
    ...options,
  });
  const client = clientOf(`http://127.0.0.1:${gateway.port}`);
  return {
    ...client,
    ledgerPath,
    stop: gateway.stop,
    async [Symbol.asyncDispose]() {
      await gateway.stop();
      await rm(folder, { recursive: true });
    },
  };
}

export function clientOf(url: string) {
  async function call(path: string, init?: RequestInit): Promise<Reply> {
    const response = await fetch(url + path, init);
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.startsWith("application/json");
    return { status: response.status, body: isJson ? JSON.parse(text) : { text } };
  }
  const get = (path: string) => call(path);
  const post = (path: string, body: unknown, signal?: AbortSignal, contentType = "application/json") =>
    call(path, {
      method: "POST",
      headers: { "content-type": contentType },
      body: typeof body === "string" ? body : JSON.stringify(body),
      signal: signal ?? null,
    });
  const charge = (fields: Record<string, unknown> = {}, signal?: AbortSignal) =>
    post(
      "/charges",
      { amount: 1_299, currency: "USD", token: "tok_visa", orderId: "order-1", idempotencyKey: "key-1", ...fields },
      signal,
    );
  const refund = (fields: Record<string, unknown>) =>
    post("/refunds", { amount: 1_299, idempotencyKey: "refund-1", ...fields });
  const entries = async () => (await get("/ledger")).body.entries;
  return { get, post, charge, refund, entries };
}

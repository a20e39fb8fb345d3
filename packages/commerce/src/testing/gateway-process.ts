/** The simulated gateway as its users meet it: a process of its own, on a free port, with a ledger of its own. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { vi } from "vitest";
import { z } from "zod";

const GATEWAY_MAIN = join(import.meta.dirname, "../../../../apps/gateway/src/main.ts");
const START_TIMEOUT_MS = 15_000;

const ledger = z.object({
  entries: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(["capture", "refund"]),
      chargeId: z.string().optional(),
      orderId: z.string(),
      amount: z.int(),
    }),
  ),
});
type LedgerEntry = z.output<typeof ledger>["entries"][number];

interface GatewayProcess extends AsyncDisposable {
  readonly url: string;
  entries(): Promise<LedgerEntry[]>;
  setFaults(faults: Record<string, unknown>): Promise<void>;
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** @param settings further settings of the process, such as where its webhooks go */
export async function startGatewayProcess(settings: Record<string, string> = {}): Promise<GatewayProcess> {
  const folder = await mkdtemp(join(tmpdir(), "tillstream-payment-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = {
    GATEWAY_PORT: String(port),
    GATEWAY_LEDGER: join(folder, "ledger.sqlite"),
    GATEWAY_LATENCY_MS: "0",
    ...settings,
  };
  const child = spawn(process.execPath, [GATEWAY_MAIN], { env, stdio: "ignore" });
  await vi.waitFor(() => fetch(`${url}/health`), { timeout: START_TIMEOUT_MS, interval: 50 });
  return {
    url,
    entries: async () => ledger.parse(await (await fetch(`${url}/ledger`)).json()).entries,
    async setFaults(faults) {
      const body = JSON.stringify(faults);
      const response = await fetch(`${url}/faults`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body,
      });
      if (!response.ok) throw new Error(`the gateway refused the faults: ${response.status}`);
    },
    async [Symbol.asyncDispose]() {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
      await rm(folder, { recursive: true });
    },
  };
}

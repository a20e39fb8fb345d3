import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { vi } from "vitest";
import { z } from "zod";
import { describePaymentGateway } from "./gateway.contract.ts";
import { createSimulatedGateway } from "./simulated-gateway.ts";

const GATEWAY_MAIN = join(import.meta.dirname, "../../../../apps/gateway/src/main.ts");
const CALL_TIMEOUT_MS = 1_000;
const ledgerSchema = z.object({ entries: z.array(z.object({ kind: z.string(), orderId: z.string() })) });

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

describePaymentGateway("the simulated gateway, in its own process", async () => {
  const folder = await mkdtemp(join(tmpdir(), "tillstream-payment-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = { GATEWAY_PORT: String(port), GATEWAY_LEDGER: join(folder, "ledger.jsonl") };
  const child = spawn(process.execPath, [GATEWAY_MAIN], { env, stdio: "ignore" });
  await vi.waitFor(() => fetch(`${url}/health`), { timeout: 15_000, interval: 50 });
  return {
    gateway: createSimulatedGateway(url, CALL_TIMEOUT_MS),
    unreachable: createSimulatedGateway(`http://127.0.0.1:${await freePort()}`, CALL_TIMEOUT_MS),
    tokens: { succeeds: "tok_visa", declines: "tok_chargeDeclined", timesOut: "tok_timeout", flaky: "tok_flaky" },
    async capturesOf(orderId) {
      const { entries } = ledgerSchema.parse(await (await fetch(`${url}/ledger`)).json());
      return entries.filter((entry) => entry.kind === "capture" && entry.orderId === orderId).length;
    },
    async [Symbol.asyncDispose]() {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
      await rm(folder, { recursive: true });
    },
  };
});

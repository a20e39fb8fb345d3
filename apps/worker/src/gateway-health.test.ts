import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createPaymentProvider } from "@tillstream/commerce";
import { expect, it } from "vitest";
import { gatewayHealth } from "./gateway-health.ts";

it("a gateway that does not answer is away within a bound, asked once in five seconds, and ok when it answers again", async () => {
  let [asked, silent] = [0, true];
  const server = createServer((_, response) => {
    asked += 1;
    if (!silent) response.end(JSON.stringify({ entries: [], nextCursor: null }));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // a server that listens on a port has one
  const { gateway } = createPaymentProvider({
    GATEWAY_URL: `http://127.0.0.1:${port}`,
    GATEWAY_WEBHOOK_SECRET: "secret",
  });
  let now = 0;
  const health = gatewayHealth(gateway, () => now);
  expect([await health(), await health()]).toEqual(["away", "away"]);
  expect(asked).toBe(1);
  silent = false;
  now = 4_999;
  expect(await health()).toBe("away");
  now = 5_000;
  expect([await health(), asked]).toEqual(["ok", 2]);
  server.closeAllConnections();
  server.close();
});

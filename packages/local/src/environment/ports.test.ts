import { once } from "node:events";
import { createServer } from "node:net";
import { expect, test } from "vitest";
import { assertPortFree, freePorts, isPortFree } from "./ports.ts";

test.for(["127.0.0.1", undefined])(
  "a port that is listened on at %s is busy, and the error names it and its setting",
  async (host) => {
    const [port = 0] = await freePorts(1);
    const server = createServer();
    await once(server.listen(port, host), "listening");
    await expect(assertPortFree("storefront", port, "STOREFRONT_PORT")).rejects.toThrow(
      `Port ${port} (storefront) is in use. Stop what listens there, or set STOREFRONT_PORT to another port.`,
    );
    server.close();
    await once(server, "close");
    expect(await isPortFree(port)).toBe(true);
  },
);

test("free ports are all different, and none is given out a second time before a server listens on it", async () => {
  const ports = await freePorts(6);
  expect(new Set(ports).size).toBe(6);
  const [port = 0] = ports;
  await expect(freePorts(1, { min: port, max: port + 1 })).rejects.toThrow("found only 0 of 1 free ports");
});

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, it } from "vitest";
import { httpListener } from "./http-listener.ts";

const server = createServer(
  httpListener({
    contentType: "application/json",
    bodyBytesMax: 10,
    async answer({ method, url, body }) {
      if (body === "fail") throw new Error("away");
      return { status: 200, body: { method, path: url.pathname, query: url.searchParams.get("q"), body } };
    },
    failed: (status) => ({ status, body: { status } }),
  }),
);
let port = 0;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  ({ port } = server.address() as AddressInfo); // a server that listens on a port has one
});
afterAll(() => void server.close());

const post = (body: string) => fetch(`http://127.0.0.1:${port}/a?q=1`, { method: "POST", body });

it("hands over method, address and body, and sends the answer as JSON of its content type", async () => {
  const response = await post("ten bytes!");
  expect(response.headers.get("content-type")).toBe("application/json");
  expect(await response.json()).toEqual({ method: "POST", path: "/a", query: "1", body: "ten bytes!" });
});

it("reads a body up to its bound and no further", async () => {
  expect((await post("eleven byte")).status).toBe(413);
  expect((await post("x".repeat(5_000_000))).status).toBe(413);
});

it("answers when the address is none, and when there is no answer", async () => {
  const socket = connect(port, "127.0.0.1");
  socket.end("GET // HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  expect(await text(socket)).toContain("400 Bad Request");
  expect((await post("fail")).status).toBe(503);
});

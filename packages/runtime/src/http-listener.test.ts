import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { Hono } from "hono";
import { afterAll, beforeAll, expect, it } from "vitest";
import { FOR_PROGRAMS, httpListener } from "./http-listener.ts";
import type { HttpEnv } from "./http-listener.ts";
import { readBody } from "./read-body.ts";

const app = new Hono<HttpEnv>()
  .post("/a", async (c) => {
    const body = await readBody(c.env.incoming.iterator({ destroyOnReturn: false }), 10);
    if (typeof body === "string") return c.json({ message: body }, 413);
    if (body.toString() === "fail") throw new Error("away");
    return c.json({ query: c.req.query("q"), body: body.toString() });
  })
  .onError((_, c) => c.json({}, 503));
const server = createServer(httpListener(app));
let port = 0;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  ({ port } = server.address() as AddressInfo); // a server that listens on a port has one
});
afterAll(() => void server.close());

const post = (body: string) => fetch(`http://127.0.0.1:${port}/a?q=1`, { method: "POST", body });

it("hands over the request, and tells a browser that the answer is not a page", async () => {
  const response = await post("ten bytes!");
  const headers = { "content-type": "application/json", "cache-control": "no-store", ...FOR_PROGRAMS };
  expect(Object.fromEntries(response.headers)).toMatchObject({ ...headers, connection: "keep-alive" });
  expect(await response.json()).toEqual({ query: "1", body: "ten bytes!" });
});

it("reads a body up to its bound, and ends the connection when more of it is to come", async () => {
  expect((await post("eleven byte")).status).toBe(413);
  const { status, headers } = await post("x".repeat(5_000_000));
  expect([status, headers.get("connection")]).toEqual([413, "close"]);
});

it("answers when the address is not valid, and when no answer was given", async () => {
  const socket = connect(port, "127.0.0.1");
  socket.end("GET /a\\b HTTP/1.1\r\nHost: x\r\n\r\n");
  const answer = await text(socket);
  for (const part of ["400 Bad Request", "connection: close", "nosniff", '{"error":{"message":'])
    expect(answer).toContain(part);
  expect((await post("fail")).status).toBe(503);
});

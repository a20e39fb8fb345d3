import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { createLogger } from "@tillstream/runtime";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { guardServer } from "./guard-server.ts";

const ANNOUNCED = "content-type: text/plain\ncontent-length: 200000000";
const CHUNKED = "transfer-encoding: chunked";

/** What came through, as in Next: a handler that takes its time with the body, and a listener for other protocols that says nothing. */
const heard: string[] = [];
const server = createServer((request, response) => {
  void text(request).then((body) => {
    heard.push(`${request.method} ${request.url} ${body}`);
    response.end("heard");
  });
}).on("upgrade", () => undefined);
let port = 0;

beforeAll(async () => {
  guardServer(createLogger("test", "silent"));
  await once(server.listen(0, "127.0.0.1"), "listening");
  ({ port } = server.address() as AddressInfo); // a server that listens on a port has one
});
afterAll(() => server.close());
beforeEach(() => void heard.splice(0));

/** All that comes back until the server ends the connection, which the client keeps open. */
const sent = (head: string, body = ""): Promise<string> => {
  const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
  socket.write(`${head}\nhost: localhost\n\n`.replaceAll("\n", "\r\n") + body);
  return text(socket);
};
const connections = promisify(server.getConnections.bind(server));

describe("a body for what takes none", () => {
  it.each([
    ["POST /login", ANNOUNCED],
    ["POST /", CHUNKED],
    ["PUT /nothing", ANNOUNCED],
    ["GET /api/health", ANNOUNCED],
    ["GET /api/trpc/session.me", CHUNKED],
    ["DELETE /api/auth/sign-out", ANNOUNCED],
    ["POST /api/health", ANNOUNCED],
    ["POST /metrics", ANNOUNCED],
    ["POST /api/auth/../login", ANNOUNCED],
    ["POST /api/auth/%2e%2e/../login", ANNOUNCED],
    ["POST /api/auth/..\\..\\login", ANNOUNCED],
    ["POST /login/../api/auth/ok", ANNOUNCED],
    ["POST //api/auth/ok", ANNOUNCED],
    ["POST /api/%61uth/ok", ANNOUNCED],
    ["POST http://localhost/api/auth/ok", ANNOUNCED],
    ["POST /login?next=/api/auth/", ANNOUNCED],
  ])("is refused at once, unread: %s", async (line, headers) => {
    const answer = await sent(`${line} HTTP/1.1\n${headers}`, "5\r\nbegun\r\n");
    expect(answer).toMatch(/^HTTP\/1\.1 413 .*"message":"This address takes no body\."/s);
    expect(heard).toEqual([]);
  });

  it("is refused before its sender is told to go on", async () => {
    const answer = await sent(`POST /login HTTP/1.1\n${ANNOUNCED}\nexpect: 100-continue`);
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  });

  it("lets its sender read the answer, however much was sent before", async () => {
    const body = Buffer.alloc(12_000_000);
    const answers = Array.from({ length: 20 }, () => fetch(`http://127.0.0.1:${port}/login`, { method: "POST", body }));
    expect(new Set((await Promise.all(answers)).map(({ status }) => status))).toEqual(new Set([413]));
  });

  it("keeps no connection, also of those who do not end it", async () => {
    await sent(`POST /login HTTP/1.1\n${ANNOUNCED}`);
    await vi.waitFor(async () => expect(await connections()).toBe(0), { timeout: 5_000, interval: 10 });
  });
});

it.each(["/flow/%", "/incidents/%E0%A4%A", "/%zz?at=1", "/orders?__proto__=1", "/x?a=1&__pr%6Fto__"])(
  "an address that cannot be read is refused: %s",
  async (path) => {
    expect(await sent(`GET ${path} HTTP/1.1`)).toMatch(/^HTTP\/1\.1 400 .*"code":"BAD_ADDRESS"/s);
    expect(heard).toEqual([]);
  },
);

describe("a form that is sent before the scripts of its page are there", () => {
  const form = (path: string) =>
    sent(`POST ${path} HTTP/1.1\ncontent-type: application/x-www-form-urlencoded\ncontent-length: 9`, "email=ann");

  it("leads to its page again", async () => {
    expect(await form("/login?next=/orders")).toMatch(/^HTTP\/1\.1 303 .*location: \/login\?next=\/orders\r\n/is);
    expect(heard).toEqual([]);
  });

  it.each(["//evil.test/", "/\\evil.test", "http://evil.test/"])("leads to no other site: %s", async (path) => {
    expect(await form(path)).toMatch(/^HTTP\/1\.1 303 .*location: \/\r\n/is);
  });
});

describe("everything else", () => {
  it.each([
    "/api/auth/sign-in/email",
    "/api/forms/cart",
    "/api/trpc/cart.get,cart.setQuantity?batch=1",
    "/api/webhooks/payments",
  ])("comes through with its body: POST %s", async (path) => {
    const answered = await fetch(`http://127.0.0.1:${port}${path}`, { method: "POST", body: "{}" });
    expect(await answered.text()).toBe("heard");
    expect(heard).toEqual([`POST ${path} {}`]);
  });

  it("is told to go on with a body that is taken", async () => {
    const head = "POST /api/trpc/a HTTP/1.1\ncontent-length: 2\nexpect: 100-continue\nconnection: close";
    expect(await sent(head, "{}")).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK/);
  });

  it("comes through without a body", async () => {
    await fetch(`http://127.0.0.1:${port}/login`, { method: "POST" });
    await fetch(`http://127.0.0.1:${port}/login`);
    expect(heard).toEqual(["POST /login ", "GET /login "]);
  });

  it("that asks for another protocol is answered in this one", async () => {
    const answer = await sent("GET / HTTP/1.1\nconnection: upgrade, close\nupgrade: websocket");
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK/);
  });

  it("has ten seconds for its headers, and ten more for a body", async () => {
    await fetch(`http://127.0.0.1:${port}/`);
    const { headersTimeout, requestTimeout } = server;
    expect({ headersTimeout, requestTimeout }).toEqual({ headersTimeout: 10_000, requestTimeout: 20_000 });
  });
});

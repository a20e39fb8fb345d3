import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { isAlive } from "../environment/processes.ts";
import { findRunning } from "../environment/system/state-file.ts";
import { launchBrowser, NO_BROWSER } from "../environment/browser.ts";
import { startSystem } from "../testing/system.ts";
import type { System } from "../testing/system.ts";
import { startTraceCollector } from "../testing/trace-collector.ts";
import type { TraceCollector } from "../testing/trace-collector.ts";

const PROCESSES = ["storefront", "admin", "worker", "gateway", "postgres"] as const;
/** Of bodies that no page takes, each of 12 MB. */
const SENDERS = 100;
/** Of 1,200 MB that are sent. A process of Next gains half of it between two collections, whatever it is asked. */
const GROWTH_MB_MAX = 40;
const WAIT = { timeout: 30_000, interval: 50 };

describe("the system that npm start starts", () => {
  let system: System;
  let collector: TraceCollector;
  beforeAll(async () => {
    collector = await startTraceCollector();
    system = await startSystem({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, SECURE_COOKIES: "true" } });
  });
  afterAll(async () => {
    await system?.stop();
    await collector[Symbol.asyncDispose]();
  });

  test("is found by other commands through its data folder", () => {
    expect(findRunning(system.dataDir)).toMatchObject({
      status: "ready",
      urls: system.urls,
      databaseUrl: system.databaseUrl,
    });
  });

  test("serves a page to a browser", async (context) => {
    await using browser = await launchBrowser();
    if (browser === undefined) return context.skip(NO_BROWSER);
    const page = await browser.newPage();
    const response = await page.goto(system.urls.storefront);
    expect(response?.status()).toBe(200);
  });

  test("is heard on this machine only", async (context) => {
    const outside = Object.values(networkInterfaces())
      .flat()
      .find((one) => one?.family === "IPv4" && !one.internal);
    // Without a network no other machine could hear it.
    if (outside === undefined) return context.skip("this machine has no other address");
    for (const port of Object.values(system.ports)) {
      const socket = connect({ host: outside.address, port });
      const [error] = (await once(socket, "error")) as [NodeJS.ErrnoException];
      expect([port, error.code]).toEqual([port, "ECONNREFUSED"]);
    }
  });

  test("lets no page run a script that it was not sent with, nor be shown in another", async () => {
    for (const url of [`${system.urls.storefront}/`, `${system.urls.admin}/login`]) {
      const [one, other] = await Promise.all([fetch(url), fetch(url)]);
      const policy = one.headers.get("content-security-policy") ?? "";
      const nonce = /script-src 'nonce-([^']+)' 'strict-dynamic';/.exec(policy)?.[1];
      expect(policy).toContain("frame-ancestors 'none'");
      expect(other.headers.get("content-security-policy")).not.toBe(policy);
      const scripts = (await one.text()).match(/<script[^>]*>/g) ?? [];
      expect(scripts.length).toBeGreaterThan(0);
      expect(scripts.filter((tag) => !tag.includes(`nonce="${nonce}"`))).toEqual([]);
      expect(one.headers.get("cross-origin-opener-policy")).toBe("same-origin");
    }
  });

  test("tells the outside no metrics", async () => {
    for (const url of [system.urls.storefront, system.urls.admin])
      expect((await fetch(`${url}/metrics`, { redirect: "manual" })).status).toBe(404);
  });

  test("traces what is asked of the shop, without the key of a link and not in a visitor's trace", async () => {
    const visitor = { traceId: "a".repeat(32), spanId: "b".repeat(16) };
    const headers = { traceparent: `00-${visitor.traceId}-${visitor.spanId}-01` };
    const { storefront } = system.urls;
    await fetch(`${storefront}/orders/01a224b2-7fd1-7ad4-b2e0-a3151e9f1ff9?token=a-key-of-a-link`, { headers });
    await fetch(`${storefront}/api/trpc/catalogue.categories`, { headers });
    await vi.waitFor(() => {
      const names = collector.spans.filter(({ service }) => service === "storefront").map(({ name }) => name);
      expect(names).toEqual(expect.arrayContaining(["orders.byId", "GET /api/trpc/[trpc]", "catalogue.categories"]));
    }, WAIT);
    expect(collector.spans.find(({ name }) => name === "GET /api/trpc/[trpc]")?.links).toEqual([visitor]);
    expect(collector.spans.filter(({ traceId }) => traceId === visitor.traceId)).toEqual([]);
    expect(collector.bodies.join("\n")).not.toContain("a-key-of-a-link");
  });

  describe("in every answer", () => {
    const forPrograms = () => [
      ...["/health", "/metrics", "/nowhere", "/schema-registry/subjects", "/schema-registry/nowhere"].map(
        (path) => `${system.urls.worker}${path}`,
      ),
      ...["/health", "/metrics", "/nowhere"].map((path) => `${system.urls.gateway}${path}`),
    ];
    async function forPeople(): Promise<string[]> {
      const { storefront, admin } = system.urls;
      const [script = ""] = /\/_next\/static\/[^"]+\.js/.exec(await (await fetch(storefront)).text()) ?? [];
      const paths = ["/", script, "/hero.svg", "/api/health", "/api/trpc/catalogue.categories", "/nowhere", "/metrics"];
      return [
        ...[...paths, "/api/auth/nowhere", "/account/credit/statement.csv"].map((path) => `${storefront}${path}`),
        ...["/", "/login", "/icon.svg", "/api/trpc/session.me"].map((path) => `${admin}${path}`),
      ];
    }
    const headersOf = async (url: string) => (await fetch(url, { redirect: "manual" })).headers;

    test("says that its type is not guessed at, that no other page shows it, and the letters of what is text", async () => {
      for (const url of [...(await forPeople()), ...forPrograms()]) {
        const headers = await headersOf(url);
        const type = headers.get("content-type") ?? "";
        const policy = headers.get("content-security-policy");
        expect([url, headers.get("x-content-type-options")]).toEqual([url, "nosniff"]);
        expect([url, policy]).toEqual([url, expect.stringContaining("frame-ancestors 'none'")]);
        if (/^text\/|xml/.test(type))
          expect([url, type.toLowerCase()]).toEqual([url, expect.stringMatching("charset=utf-8")]);
      }
    });

    test("tells a browser to come over https, to give no address to other sites, and to share it with none", async () => {
      for (const url of await forPeople()) {
        const headers = await headersOf(url);
        expect([url, headers.get("strict-transport-security")]).toEqual([url, "max-age=63072000; includeSubDomains"]);
        expect([url, headers.get("referrer-policy")]).toEqual([url, "same-origin"]);
        expect([url, headers.get("access-control-allow-origin")]).toEqual([url, null]);
      }
    });
  });

  test("gives out no file of the project, and no list of files", async () => {
    const paths = ["/.git/config", "/.env", "/package.json", "/categories/", "/_next/static/", "/..%2f..%2f.env"];
    for (const url of [system.urls.storefront, system.urls.admin].flatMap((base) => paths.map((path) => base + path)))
      expect([url, (await fetch(url, { redirect: "manual" })).status]).not.toEqual([url, 200]);
  });

  test("repeats to nobody what a TRACE says, and takes no request of two lengths", async () => {
    const { storefront, admin, worker, gateway } = system.ports;
    for (const port of [storefront, admin, worker, gateway]) {
      const answer = (request: string) =>
        text(connect(port, "127.0.0.1").end(`${request}\r\n`.replaceAll("\n", "\r\n")));
      const trace = await answer("TRACE / HTTP/1.1\nHost: localhost\nCookie: session=canary\nConnection: close\n");
      expect([port, trace]).toEqual([port, expect.not.stringContaining("canary")]);
      const twice = "POST / HTTP/1.1\nHost: localhost\nContent-Length: 5\nTransfer-Encoding: chunked\n\n0\n";
      expect([port, await answer(twice)]).toEqual([port, expect.stringMatching(/^HTTP\/1\.1 400 /)]);
    }
  });

  describe.each(["storefront", "admin"] as const)("for a page of the %s", (name) => {
    const head = "POST /login HTTP/1.1\nHost: localhost\nContent-Type: text/plain\nContent-Length: 200000000\n\n";
    async function send(body: Buffer): Promise<string> {
      const socket = connect({ port: system.ports[name], host: "127.0.0.1", allowHalfOpen: true });
      socket.on("error", () => undefined); // what is still on its way when the server has ended it
      let answer = "";
      socket.on("data", (data) => (answer += data.toString()));
      socket.write(head.replaceAll("\n", "\r\n"));
      socket.write(body);
      await new Promise<unknown>((resolve) => socket.once("end", resolve).once("close", resolve));
      socket.destroy();
      return answer;
    }

    test("a body is refused within a second, and waited for no longer", async () => {
      const begun = performance.now();
      expect(await send(Buffer.from("begun"))).toMatch(/^HTTP\/1\.1 413 /);
      expect(performance.now() - begun).toBeLessThan(1_000);
    });

    test("bodies are not kept", async (context) => {
      const status = `/proc/${system.pid(name)}/status`;
      if (!existsSync(status)) return context.skip("this machine does not tell what a process has in memory");
      const megabytes = () => Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(status, "utf8"))?.[1]) / 1_024;
      const body = Buffer.alloc(12_000_000);
      const sendAll = () => Promise.all(Array.from({ length: SENDERS }, () => send(body)));
      await sendAll();
      const before = megabytes();
      // Some are ended before their sender reads the answer.
      for (const answer of await sendAll()) expect(answer).toMatch(/^(?:HTTP\/1\.1 413 |$)/);
      expect(megabytes() - before).toBeLessThan(GROWTH_MB_MAX);
    });
  });

  test("asks for a password in a field that hides it and that a password manager fills in", async () => {
    const { storefront, admin } = system.urls;
    for (const [url, use] of [
      [`${storefront}/login`, "current-password"],
      [`${storefront}/register`, "new-password"],
      [`${admin}/login`, "current-password"],
    ] as const) {
      const [field] = (await (await fetch(url)).text()).match(/<input[^>]*name="password"[^>]*>/) ?? [];
      expect([url, field]).toEqual([url, expect.stringContaining('type="password"')]);
      expect([url, field?.toLowerCase()]).toEqual([url, expect.stringContaining(`autocomplete="${use}"`)]);
    }
  });

  test.for(["worker", "gateway", "storefront", "postgres"] as const)("has its %s again after kill -9", async (name) => {
    const before = system.pid(name);
    system.kill(name, "SIGKILL");
    await vi.waitUntil(() => system.pid(name) !== undefined && system.pid(name) !== before, WAIT);
    await system.healthy(name === "postgres" ? "worker" : name);
    await system.healthy("admin");
  });

  test("leaves nothing behind when it is stopped", async () => {
    const pids = PROCESSES.map((name) => system.pid(name) ?? 0);
    expect(pids.every(isAlive)).toBe(true);
    await system.stop();
    expect(pids.filter(isAlive)).toEqual([]);
    expect(existsSync(system.dataDir)).toBe(false);
  });
});

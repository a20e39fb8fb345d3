import { describe, expect, it } from "vitest";
import { startRegistryServer } from "../testing/registry-server.ts";
import { checkWriter } from "./access.ts";
import { registryRoutes } from "./rest-api.ts";

const from = (remoteAddress: string | undefined, headers: Record<string, string> = {}) => ({
  headers: { host: "localhost:3002", ...headers },
  socket: { remoteAddress },
});
const basic = (login: string) => ({ authorization: `Basic ${btoa(login)}` });

describe("who may write", () => {
  it.each(["127.0.0.1", "127.8.0.1", "::1", "::ffff:127.0.0.1"])("callers on this machine: %s", (address) => {
    expect(() => checkWriter(from(address), undefined)).not.toThrow();
  });

  it.each([
    from("10.0.0.7"),
    from("::ffff:10.0.0.7"),
    from("fe80::1"),
    from(undefined),
    from("127.0.0.1", { "x-forwarded-for": "10.0.0.7" }),
    from("127.0.0.1", { forwarded: "for=10.0.0.7" }),
    from("127.0.0.1", { host: "rebound.example:3002" }),
    from("127.0.0.1", { host: "127.0.0.1.example" }),
  ])("nobody from elsewhere without the login: $socket.remoteAddress $headers", (request) => {
    expect(() => checkWriter(request, undefined)).toThrow("set SCHEMA_REGISTRY_LOGIN");
    expect(() => checkWriter(request, "me:a password")).toThrow("Unauthorized");
    const withLogin = (login: string) => ({ ...request, headers: { ...request.headers, ...basic(login) } });
    expect(() => checkWriter(withLogin("me:another"), "me:a password")).toThrow("Unauthorized");
    expect(() => checkWriter(withLogin("me:a password"), "me:a password")).not.toThrow();
  });

  it("is asked at every route that does not only read", async () => {
    const away = () => Promise.reject(new Error("no connection"));
    await using server = await startRegistryServer({ query: away, transaction: away });
    const headers = { "x-forwarded-for": "10.0.0.7" };
    const asked = registryRoutes.map(async ({ method, path }) => {
      const { status } = await fetch(`${server.url}${path.replaceAll(/:\w+/g, "1")}`, { method, headers });
      return status === 401 ? [] : [`${method} ${path}`];
    });
    const open = (await Promise.all(asked)).flat();
    expect(open.filter((route) => !route.startsWith("GET "))).toEqual([
      "POST /subjects/:subject",
      "POST /compatibility/subjects/:subject/versions/:version",
      "POST /compatibility/subjects/:subject/versions",
    ]);
    expect(open.length).toBeLessThan(registryRoutes.length);
  });
});

import { describe, expect, it } from "vitest";
import { checkWriter } from "./access.ts";

const from = (remoteAddress: string | undefined, headers: Record<string, string> = {}) => ({
  method: "PUT",
  url: new URL("http://worker/config"),
  body: "{}",
  headers: { host: "localhost:3002", ...headers },
  remoteAddress,
});
const basic = (login: string) => ({ authorization: `Basic ${btoa(login)}` });

describe("who may write", () => {
  it.each(["127.0.0.1", "127.8.0.1", "::1", "::ffff:127.0.0.1"])("whoever is on this machine: %s", (address) => {
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
  ])("nobody from elsewhere without the login: $remoteAddress $headers", (exchange) => {
    expect(() => checkWriter(exchange, undefined)).toThrow("set SCHEMA_REGISTRY_LOGIN");
    expect(() => checkWriter(exchange, "me:a password")).toThrow("Unauthorized");
    const withLogin = (login: string) => ({ ...exchange, headers: { ...exchange.headers, ...basic(login) } });
    expect(() => checkWriter(withLogin("me:another"), "me:a password")).toThrow("Unauthorized");
    expect(() => checkWriter(withLogin("me:a password"), "me:a password")).not.toThrow();
  });
});

import fc from "fast-check";
import { expect, it } from "vitest";
import { callerAddress, trustedProxies } from "./caller-address.ts";

const inner = trustedProxies(["10.0.0.0/8", "127.0.0.1", "::1"]);
const nobody = trustedProxies([]);

it.each([
  ["203.0.113.7", undefined, "203.0.113.7"],
  ["203.0.113.7", "1.1.1.1", "203.0.113.7"],
  ["10.0.0.1", "1.1.1.1", "1.1.1.1"],
  ["::ffff:10.0.0.1", "1.1.1.1", "1.1.1.1"],
  ["10.0.0.1", "made up, 1.1.1.1, 10.0.0.2", "1.1.1.1"],
  ["10.0.0.1", "9.9.9.9, 1.1.1.1", "1.1.1.1"],
  ["10.0.0.1", "1.1.1.1:5000", "1.1.1.1"],
  ["10.0.0.1", "", "10.0.0.1"],
  ["10.0.0.1", "not one", "10.0.0.1"],
  ["10.0.0.1", "10.0.0.9", "10.0.0.9"],
  ["::1", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["::1", "[2001:db8::1]:443", "2001:db8:0:0::/64"],
])("from %s, forwarded for %s, it is %s", (remote, forwardedFor, address) => {
  expect(callerAddress(remote, forwardedFor, inner)).toBe(address);
});

it("whatever somebody claims, without a trusted proxy it is the connection's own address", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.ipV4(), fc.ipV6()), (claimed) => {
      expect(callerAddress("203.0.113.7", claimed, nobody)).toBe("203.0.113.7");
      expect(callerAddress("10.0.0.1", `${claimed}, 203.0.113.7`, inner)).toBe("203.0.113.7");
    }),
  );
});

it("all addresses of one IPv6 network count as one", () => {
  fc.assert(
    fc.property(fc.ipV6(), (address) => {
      expect(callerAddress("::1", address, inner)).toMatch(
        /^(?:[0-9a-f]+:){4}:\/64$|^\d+\.\d+\.\d+\.\d+$|^0:0:0:0::\/64$/,
      );
    }),
  );
});

it("a text that is not an address cannot be trusted", () => {
  expect(() => trustedProxies(["everyone"])).toThrow("TRUSTED_PROXIES: everyone");
});

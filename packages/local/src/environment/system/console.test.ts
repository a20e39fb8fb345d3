import { expect, test } from "vitest";
import { readyBlock } from "./console.ts";

const urls = {
  storefront: "http://localhost:3000",
  admin: "http://localhost:3001",
  worker: "http://localhost:3002",
  gateway: "http://localhost:3003",
};

test("the block of a start ends with the line that scripts wait for", () => {
  const lines = readyBlock({ urls, isLocal: true }).split("\n");
  expect(lines.at(-1)).toBe("Tillstream is ready");
  expect(lines.join("\n")).toContain("http://localhost:3001");
  expect(lines.join("\n")).toContain("tillstream-demo");
});

test("no logins are named where none were made", () => {
  expect(readyBlock({ urls, isLocal: false })).not.toContain("tillstream-demo");
});

import { expect, it } from "vitest";
import { startRegistryServer } from "../testing/registry-server.ts";

it("a database that is away is a failure of the backend, in the API's own words", async () => {
  const away = () => Promise.reject(new Error("no connection"));
  await using server = await startRegistryServer({ query: away, transaction: away });
  expect(await server.call("GET", "/subjects")).toEqual([500, { error_code: 50001, message: expect.any(String) }]);
});

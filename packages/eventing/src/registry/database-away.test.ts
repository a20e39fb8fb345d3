import { expect, it } from "vitest";
import { registryEndpoint } from "./rest-api.ts";

it("a database that is away is a failure of the backend, in the API's own words", async () => {
  const away = () => Promise.reject(new Error("no connection"));
  const endpoint = registryEndpoint({ db: { query: away, transaction: away }, mount: "/schema-registry" });
  const url = new URL("http://worker/schema-registry/subjects");
  await expect(
    endpoint.answer({ method: "GET", url, body: "", headers: {}, remoteAddress: "127.0.0.1" }),
  ).rejects.toThrow("no connection");
  expect(endpoint.failed(503)).toEqual({ status: 500, body: { error_code: 50001, message: expect.any(String) } });
});

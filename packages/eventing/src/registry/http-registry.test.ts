import { systemScheduler } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { immediately } from "../testing/subscribing.ts";
import { createHttpRegistry } from "./http-registry.ts";
import { IncompatibleSchemaError, RegistryError } from "./schema-registry.ts";

/** A registry whose other side answers as told; `calls` tells what it was asked. */
function registryAt(
  url: string,
  answer: (signal: AbortSignal) => Response | Promise<Response>,
  scheduler = systemScheduler,
) {
  const calls: { address: string; headers: Headers; body: unknown; redirect: unknown }[] = [];
  const fetch: typeof globalThis.fetch = async (address, init) => {
    calls.push({
      address: typeof address === "string" ? address : expect.fail("no text"),
      headers: new Headers(init?.headers),
      body: init?.body,
      redirect: init?.redirect,
    });
    return answer(init?.signal ?? expect.fail("no signal"));
  };
  return { calls, registry: createHttpRegistry({ url, fetch, scheduler }) };
}

it("sends user and password along, never in the address, and to nowhere that it is redirected to", async () => {
  const { calls, registry } = registryAt("https://us%2Fer:pass@registry.example/base/", () => Response.json({ id: 7 }));
  expect(await registry.register("a/b-value", '"string"')).toBe(7);
  expect(calls).toMatchObject([
    {
      address: "https://registry.example/base/subjects/a%2Fb-value/versions",
      body: JSON.stringify({ schema: '"string"' }),
      redirect: "error",
    },
  ]);
  expect(calls[0]?.headers.get("authorization")).toBe(`Basic ${btoa("us/er:pass")}`);
  expect(calls[0]?.headers.get("content-type")).toBe("application/vnd.schemaregistry.v1+json");
});

it("tells a refusal by its code, also from a registry that has none", async () => {
  const refused = (status: number, body: unknown) =>
    registryAt("http://registry:8081", () => Response.json(body, { status })).registry.schemaOf(1);
  await expect(refused(404, { error_code: 40403, message: "Schema not found" })).rejects.toMatchObject({ code: 40403 });
  await expect(refused(409, { error_code: 409, message: "incompatible" })).rejects.toThrow(IncompatibleSchemaError);
  await expect(refused(500, { sorry: true })).rejects.toThrow(RegistryError);
  await expect(refused(200, { nothing: true })).rejects.toThrow();
});

it("does not wait for ever for a registry that does not answer", async () => {
  const never = (signal: AbortSignal) =>
    new Promise<Response>((_, reject) => signal.addEventListener("abort", () => reject(new Error("aborted"))));
  await expect(registryAt("http://registry:8081", never, immediately).registry.schemaOf(1)).rejects.toThrow("aborted");
});

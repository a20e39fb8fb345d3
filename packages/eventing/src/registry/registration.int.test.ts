import { sql } from "@tillstream/runtime";
import { createTestDatabase } from "@tillstream/db/testing";
import type { TestDatabase } from "@tillstream/db/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startRegistryServer } from "../testing/registry-server.ts";
import type { RegistryServer } from "../testing/registry-server.ts";
import { byField, packed, weight } from "../testing/schema-registry.contract.ts";

let test: TestDatabase;
let server: RegistryServer;
beforeAll(async () => {
  test = await createTestDatabase();
  server = await startRegistryServer(test.database);
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await test[Symbol.asyncDispose]();
});

const call = (method: string, path: string, body?: unknown) => server.call(method, path, body);
const get = (path: string) => call("GET", path);
const register = (subject: string, schema: string, more?: object) =>
  call("POST", `/subjects/${subject}/versions`, { schema, ...more });
/** The id of a schema that is taken. */
async function idOf(answer: ReturnType<typeof call>): Promise<number> {
  const [status, body] = await answer;
  expect([status, body]).toEqual([200, { id: expect.any(Number) }]);
  return (body as { id: number }).id;
}
const v1 = packed(byField);
const v2 = packed(byField, { ...weight, default: 0 });

describe("one schema has one id", () => {
  const fields = [{ name: "by", type: "string" }];
  const written = (more: object) => JSON.stringify({ type: "record", ...more });

  it("however its names are written, and is found by each", async () => {
    const ways = [
      { name: "a.b.One", fields },
      { name: "One", namespace: "a.b", fields },
      { name: "a.b.One", namespace: "else", fields, aliases: [] },
      { name: "One", namespace: "a.b", fields: [{ ...fields[0], order: "ascending" }] },
    ].map(written);
    const ids = await Promise.all(ways.map((schema, index) => idOf(register(`ways-${index % 2}`, schema))));
    expect(new Set(ids).size).toBe(1);
    for (const schema of ways)
      expect(await call("POST", "/subjects/ways-0", { schema })).toMatchObject([200, { id: ids[0], version: 1 }]);
  });

  it("under a subject with its attributes in any order, and everywhere when it is normalized", async () => {
    const [one, other] = [
      { a: 1, b: 2 },
      { b: 2, a: 1 },
    ].map((attributes) => written({ name: "Ordered", fields, ...attributes })) as [string, string];
    const id = await idOf(register("ordered", one));
    expect(await idOf(register("ordered", other))).toBe(id);
    expect(await call("POST", "/subjects/ordered", { schema: other })).toMatchObject([200, { id, version: 1 }]);
    expect(await idOf(register("ordered-else", other))).not.toBe(id);
    expect(await idOf(call("POST", "/subjects/ordered-normal/versions?normalize=true", { schema: other }))).toBe(id);
    expect(await call("POST", "/subjects/ordered-normal?normalize=true", { schema: other })).toMatchObject([
      200,
      { id },
    ]);
  });

  it("also beside texts that were registered in another form, and some that are not a schema any more", async () => {
    const old = '{"name":"Old","namespace":"a","type":"record","fields":[{"name":"by","type":"string"}]}';
    await test.database.query(sql`
      WITH old (schema) AS (VALUES (${old}), ('{"type":{"type":"array","items":"int"}}')), kept AS (
        INSERT INTO schema_registry_schemas (schema, fingerprint) SELECT schema, md5(schema) FROM old RETURNING id)
      INSERT INTO schema_registry_versions (subject, version, schema_id)
      SELECT 'old', row_number() OVER (ORDER BY id), id FROM kept`);
    const uses = await call("POST", "/subjects/old", { schema: written({ name: "a.Old", fields }) });
    expect(uses).toEqual([200, { subject: "old", version: 1, id: expect.any(Number), schema: old }]);
    expect(await register("old", written({ name: "a.Old", fields }))).toEqual([
      200,
      { id: (uses[1] as { id: number }).id },
    ]);
    expect(await register("old", v1)).toMatchObject([422, { error_code: 42201 }]);
  });

  it("and two that differ in a large number have two", async () => {
    const numbered = (number: string) =>
      `{"type":"record","name":"Numbered","fields":[{"name":"n","type":"long","default":${number}}],"id":${number}}`;
    const [one, other] = [numbered("9223372036854775806"), numbered("9223372036854775807")];
    const id = await idOf(register("numbered", one));
    expect(await idOf(register("numbered", other))).not.toBe(id);
    expect(await get(`/schemas/ids/${id}`)).toEqual([200, { schema: one }]);
    const response = await fetch(`${server.url}/schemas/ids/${id}/schema`);
    expect(await response.text()).toBe(one);
  });
});

describe("a registration that asks for more", () => {
  it("gets an id or a version that is its own, and no other", async () => {
    const id = await idOf(register("asking", v1));
    const asking = (schema: string, more: object) => register("asking", schema, more);
    expect(await asking(v1, { id })).toEqual([200, { id }]);
    expect(await asking(v1, { id, version: 1 })).toEqual([200, { id }]);
    expect(await asking(v1, { id: -1, version: -1 })).toEqual([200, { id }]);
    expect(await asking(v1, { id: id + 1 })).toMatchObject([422, { error_code: 42205 }]);
    expect(await asking(v2, { id: id + 1 })).toMatchObject([422, { error_code: 42205 }]);
    expect(await asking(v2, { version: 5 })).toMatchObject([422, { error_code: 42201 }]);
    expect(await asking(v2, { version: 2 })).toMatchObject([200, { id: expect.any(Number) }]);
    expect(await get("/subjects/asking/versions")).toEqual([200, [1, 2]]);
  });

  it("may say that it asks for nothing; what is not offered is refused and not passed over", async () => {
    const nothing = { references: null, schemaType: null, id: null, version: null, metadata: null, ruleSet: null };
    expect(await register("more", v1, nothing)).toMatchObject([200, { id: expect.any(Number) }]);
    const not = { references: [{ name: "R", subject: "r", version: 1 }], metadata: { properties: {} }, ruleSet: {} };
    for (const [key, value] of Object.entries(not))
      expect(await register("more", v1, { [key]: value })).toMatchObject([422, { error_code: 42201 }]);
    expect(await call("PUT", "/config/more", { compatibility: "FULL", normalize: true })).toMatchObject([
      422,
      { error_code: 42203, message: expect.stringContaining("normalize") },
    ]);
  });
});

describe("a request", () => {
  const post = (headers: Record<string, string>) =>
    fetch(`${server.url}/subjects/typed/versions`, {
      method: "POST",
      headers,
      body: Buffer.from(JSON.stringify({ schema: v1 })),
    });

  it("says that its body is JSON", async () => {
    const types = ["application/vnd.schemaregistry.v1+json", "application/vnd.schemaregistry+json; charset=utf-8"];
    for (const type of [...types, "application/JSON", "application/octet-stream"])
      expect((await post({ "content-type": type })).status).toBe(200);
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
      expect((await post({ "content-type": type })).status).toBe(415);
    expect((await post({})).status).toBe(415);
  });
});

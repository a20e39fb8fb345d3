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
const register = (subject: string, schema: string) => call("POST", `/subjects/${subject}/versions`, { schema });
const v1 = packed(byField);
const v2 = packed(byField, { ...weight, default: 0 });

describe("subjects and schemas", () => {
  it("are listed, read by version and by id, and looked up by their schema", async () => {
    const [, { id: first }] = (await register("read", v1)) as [number, { id: number }];
    const [, { id: second }] = (await register("read", v2)) as [number, { id: number }];
    expect(await get("/subjects")).toEqual([200, expect.arrayContaining(["read"])]);
    expect(await get("/subjects/read/versions")).toEqual([200, [1, 2]]);
    const latest = { subject: "read", version: 2, id: second, schema: expect.stringContaining("weight") };
    for (const version of ["2", "latest", "-1"])
      expect(await get(`/subjects/read/versions/${version}`)).toEqual([200, latest]);
    expect(await get("/subjects/read/versions/1/schema")).toEqual([200, JSON.parse(v1)]);
    expect(await get(`/schemas/ids/${first}`)).toEqual([200, { schema: expect.any(String) }]);
    expect(await get(`/schemas/ids/${first}/schema`)).toEqual([200, JSON.parse(v1)]);
    await register("read-too", v1);
    expect(await get(`/schemas/ids/${first}/versions`)).toEqual([
      200,
      [
        { subject: "read", version: 1 },
        { subject: "read-too", version: 1 },
      ],
    ]);
    expect(await get(`/schemas/ids/${first}/subjects`)).toEqual([200, ["read", "read-too"]]);
    expect(await call("POST", "/subjects/read", { schema: v1 })).toMatchObject([200, { version: 1, id: first }]);
    expect(await get("/schemas/types")).toEqual([200, ["AVRO"]]);
    expect(await get("/contexts")).toEqual([200, ["."]]);
    expect(await get("/subjects/read/versions/2/referencedby")).toEqual([200, []]);
    expect(await get("/subjects/read/versions/9/referencedby")).toMatchObject([404, { error_code: 40402 }]);
    expect(await get("/subjects/read/versions?offset=1&limit=5")).toEqual([200, [2]]);
    expect(await get(`/schemas/ids/${first}/subjects?limit=1`)).toEqual([200, ["read"]]);
    expect(await get("/subjects/read/versions?limit=-1")).toEqual([200, [1, 2]]);
    expect(await get("/mode")).toEqual([200, { mode: "READWRITE" }]);
    expect(await get("/mode/read?defaultToGlobal=true")).toEqual([200, { mode: "READWRITE" }]);
  });

  it("are found by the beginning of their subject, and those that are deleted alone", async () => {
    for (const subject of ["found-a", "found-b", "found%", "other-found"])
      await register(encodeURIComponent(subject), v1);
    expect(await get("/subjects?subjectPrefix=found-")).toEqual([200, ["found-a", "found-b"]]);
    expect(await get("/subjects?subjectPrefix=found%25")).toEqual([200, ["found%"]]);
    await call("DELETE", "/subjects/found-b");
    expect(await get("/subjects?subjectPrefix=found-")).toEqual([200, ["found-a"]]);
    expect(await get("/subjects?subjectPrefix=found-&deleted=true")).toEqual([200, ["found-a", "found-b"]]);
    expect(await get("/subjects?subjectPrefix=found-&deletedOnly=true")).toEqual([200, ["found-b"]]);
    await register("found-a", v2);
    await call("DELETE", "/subjects/found-a/versions/1");
    expect(await get("/subjects/found-a/versions?deletedOnly=true")).toEqual([200, [1]]);
    expect(await get("/subjects/found-a/versions?deleted=true")).toEqual([200, [1, 2]]);
    expect(await get("/subjects?subjectPrefix=found-a&deletedOnly=true")).toEqual([200, []]);
  });

  it("that are not there are refused with the documented codes", async () => {
    await register("codes", v1);
    const codes = async (...request: Parameters<typeof call>) => {
      const [status, body] = await call(...request);
      return [status, (body as { error_code: number }).error_code];
    };
    expect(await codes("GET", "/subjects/none/versions")).toEqual([404, 40401]);
    expect(await codes("POST", "/subjects/none", { schema: v1 })).toEqual([404, 40401]);
    expect(await codes("GET", "/subjects/codes/versions/9")).toEqual([404, 40402]);
    expect(await codes("GET", "/schemas/ids/987654")).toEqual([404, 40403]);
    expect(await codes("GET", "/schemas/ids/99999999999")).toEqual([404, 40403]);
    expect(await codes("POST", "/subjects/codes", { schema: packed(weight) })).toEqual([404, 40403]);
    expect(await codes("POST", "/subjects/codes/versions", { schema: "{}" })).toEqual([422, 42201]);
    expect(await codes("POST", "/subjects/codes/versions", { schema: "syntax", schemaType: "PROTOBUF" })).toEqual([
      422, 42201,
    ]);
    expect(await codes("POST", "/subjects/codes/versions", {})).toEqual([422, 42201]);
    for (const version of ["0", "x", "2147483648"])
      expect(await codes("GET", `/subjects/codes/versions/${version}`)).toEqual([422, 42202]);
    expect(await codes("PUT", "/config/codes", { compatibility: "SIDEWAYS" })).toEqual([422, 42203]);
    expect(await codes("GET", "/config/codes")).toEqual([404, 40408]);
    expect(await codes("DELETE", "/config/codes")).toEqual([404, 40401]);
    expect(await codes("GET", "/mode/codes")).toEqual([404, 40409]);
    expect(await codes("POST", "/subjects/codes/versions", { schema: '{"type":"record","fields":[]}' })).toEqual([
      422, 42201,
    ]);
    expect(await codes("POST", "/subjects/%00/versions", { schema: v1 })).toEqual([422, 42208]);
    expect(await codes("POST", "/subjects/codes/versions", "no json")).toEqual([400, 400]);
    expect(await codes("GET", "/subjects/%E0%A4%A")).toEqual([400, 400]);
    expect(await codes("GET", "/nowhere")).toEqual([404, 404]);
    expect(await codes("PUT", "/mode", { mode: "IMPORT" })).toEqual([405, 405]);
    expect(await codes("POST", "/subjects/codes/versions", "x".repeat(1_000_001))).toEqual([413, 413]);
  });
});

describe("compatibility", () => {
  it("is tried without registering, and says which field breaks and what to do", async () => {
    await register("tried", v1);
    const attempt = (schema: string, suffix: string) =>
      call("POST", `/compatibility/subjects/tried/versions${suffix}`, { schema });
    expect(await attempt(v2, "/latest")).toEqual([200, { is_compatible: true }]);
    expect(await attempt(packed(byField, weight), "/1?verbose=true")).toEqual([
      200,
      {
        is_compatible: false,
        messages: [
          "version 1 cannot be read: field weight was added without a default: give it a default or publish it as optional",
        ],
      },
    ]);
    expect(await attempt(packed(byField, weight), "")).toEqual([200, { is_compatible: false }]);
    expect(await attempt("{}", "")).toMatchObject([422, { error_code: 42201 }]);
    expect(await attempt("{}", "?verbose=true")).toMatchObject([
      200,
      { is_compatible: false, messages: [expect.any(String)] },
    ]);
    expect(await get("/subjects/tried/versions")).toEqual([200, [1]]);
  });

  it("is given beside nothing, but not beside a version that is not there", async () => {
    const attempt = (suffix: string) => call("POST", `/compatibility/subjects/none/versions${suffix}`, { schema: v1 });
    expect(await attempt("")).toEqual([200, { is_compatible: true }]);
    expect(await attempt("/latest")).toEqual([200, { is_compatible: true }]);
    expect(await attempt("/1")).toMatchObject([404, { error_code: 40402 }]);
    await register("few", v1);
    const beyond = call("POST", "/compatibility/subjects/few/versions/2", { schema: v1 });
    expect(await beyond).toMatchObject([404, { error_code: 40402 }]);
  });

  it("is as strict as the subject's level says, and otherwise as that of all", async () => {
    const breaking = packed(byField, weight);
    await register("level", v1);
    expect(await register("level", breaking)).toMatchObject([
      409,
      { error_code: 409, message: expect.stringContaining("field weight") },
    ]);
    expect(await get("/config")).toEqual([200, { compatibilityLevel: "BACKWARD" }]);
    expect(await call("PUT", "/config/level", { compatibility: "none" })).toEqual([200, { compatibility: "NONE" }]);
    expect(await get("/config/level")).toEqual([200, { compatibilityLevel: "NONE" }]);
    expect(await register("level", breaking)).toMatchObject([200, { id: expect.any(Number) }]);
    expect(await call("DELETE", "/config/level")).toEqual([200, { compatibilityLevel: "NONE" }]);
    expect(await get("/config/level?defaultToGlobal=true")).toEqual([200, { compatibilityLevel: "BACKWARD" }]);
    await call("PUT", "/config", { compatibility: "FULL_TRANSITIVE" });
    expect(await register("level", packed({ ...weight, default: 1 }))).toMatchObject([
      409,
      { message: expect.stringContaining("field by was removed") },
    ]);
    expect(await call("DELETE", "/config")).toEqual([200, { compatibilityLevel: "FULL_TRANSITIVE" }]);
  });
});

describe("deleting", () => {
  it("hides a version, keeps its schema readable by id, and never gives its number again", async () => {
    const [, { id }] = (await register("gone", v1)) as [number, { id: number }];
    await register("gone", v2);
    expect(await call("DELETE", "/subjects/gone/versions/2?permanent=true")).toMatchObject([
      404,
      { error_code: 40407 },
    ]);
    expect(await call("DELETE", "/subjects/gone/versions/latest")).toEqual([200, 2]);
    expect(await call("DELETE", "/subjects/gone/versions/2")).toMatchObject([404, { error_code: 40406 }]);
    expect(await get("/subjects/gone/versions")).toEqual([200, [1]]);
    expect(await get("/subjects/gone/versions?deleted=true")).toEqual([200, [1, 2]]);
    expect(await get("/subjects/gone/versions/2")).toMatchObject([404, { error_code: 40402 }]);
    await register("gone", v2);
    expect(await get("/subjects/gone/versions")).toEqual([200, [1, 3]]);
    expect(await call("DELETE", "/subjects/gone?permanent=true")).toMatchObject([404, { error_code: 40405 }]);
    expect(await call("DELETE", "/subjects/gone")).toEqual([200, [1, 3]]);
    expect(await call("DELETE", "/subjects/gone")).toMatchObject([404, { error_code: 40404 }]);
    expect((await get("/subjects"))[1]).not.toContain("gone");
    expect((await get("/subjects?deleted=true"))[1]).toContain("gone");
    expect(await get(`/schemas/ids/${id}`)).toMatchObject([200, { schema: expect.any(String) }]);
    expect(await call("DELETE", "/subjects/gone?permanent=true")).toEqual([200, [1, 3]]);
    expect((await get("/subjects?deleted=true"))[1]).not.toContain("gone");
  });

  it("shows what is deleted to those who ask for it, and to nobody once it is deleted for good", async () => {
    const alone = packed({ name: "shown", type: "string" });
    const [, { id }] = (await register("shown", alone)) as [number, { id: number }];
    await call("PUT", "/config/shown", { compatibility: "NONE" });
    await call("DELETE", "/subjects/shown");
    const use = { subject: "shown", version: 1 };
    expect(await get(`/schemas/ids/${id}/versions`)).toEqual([200, []]);
    expect(await get(`/schemas/ids/${id}/versions?deleted=true`)).toEqual([200, [use]]);
    expect(await get(`/schemas/ids/${id}/subjects`)).toEqual([200, []]);
    expect(await get(`/schemas/ids/${id}/subjects?deleted=true`)).toEqual([200, ["shown"]]);
    expect(await get("/subjects/shown/versions/1?deleted=true")).toMatchObject([200, use]);
    expect(await call("POST", "/subjects/shown?deleted=True", { schema: alone })).toMatchObject([200, use]);
    expect(await get("/subjects/shown/versions/latest?deleted=true")).toMatchObject([404, { error_code: 40402 }]);
    expect(await get(`/schemas/ids/${id}`)).toMatchObject([200, { schema: expect.any(String) }]);
    expect(await get("/config/shown")).toEqual([200, { compatibilityLevel: "NONE" }]);
    await call("DELETE", "/subjects/shown?permanent=true");
    for (const path of ["", "/schema", "/versions", "/subjects"])
      expect(await get(`/schemas/ids/${id}${path}`)).toMatchObject([404, { error_code: 40403 }]);
    expect(await get("/config/shown")).toMatchObject([404, { error_code: 40408 }]);
    expect(await register("shown", alone)).toEqual([200, { id }]);
  });
});

/** Reading schemas by their id. */
import { Hono } from "hono";
import { parseExactly } from "../schema/exact-json.ts";
import { flag, idOf, pageOf, reads } from "./routes.ts";
import type { Call, RegistryEnv } from "./routes.ts";
import { schemaById, usesOf } from "./subjects.ts";

export const schemaRoutes = new Hono<RegistryEnv>()
  .get("/", reads, (call) => call.json({}))
  .get("/contexts", reads, (call) => call.json(["."]))
  .get("/schemas/types", reads, (call) => call.json(["AVRO"]))
  .get("/schemas/ids/:id", reads, async (call) => call.json({ schema: await schemaCalled(call) }))
  .get("/schemas/ids/:id/schema", reads, async (call) => Response.json(parseExactly(await schemaCalled(call))))
  .get("/schemas/ids/:id/subjects", reads, async (call) =>
    call.json(pageOf(call, [...new Set((await usesCalled(call)).map(({ subject }) => subject))])),
  )
  .get("/schemas/ids/:id/versions", reads, async (call) => call.json(pageOf(call, await usesCalled(call))));

const schemaCalled = (call: Call) => schemaById(call.var.db, idOf(call));
const usesCalled = (call: Call) => usesOf(call.var.db, idOf(call), flag(call, "deleted"));

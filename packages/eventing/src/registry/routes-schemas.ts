/** Reading schemas by their id. */
import { parseExactly } from "../schema/exact-json.ts";
import { flag, idOf, pageOf } from "./routes.ts";
import type { Call, Route } from "./routes.ts";
import { schemaById, usesOf } from "./subjects.ts";

export const schemaRoutes: readonly Route[] = [
  { method: "GET", path: "/", answer: async () => ({}) },
  { method: "GET", path: "/contexts", answer: async () => ["."] },
  { method: "GET", path: "/schemas/types", answer: async () => ["AVRO"] },
  {
    method: "GET",
    path: "/schemas/ids/{id}",
    answer: async (call) => ({ schema: await schemaById(call.db, idOf(call)) }),
  },
  {
    method: "GET",
    path: "/schemas/ids/{id}/schema",
    answer: async (call) => parseExactly(await schemaById(call.db, idOf(call))),
  },
  {
    method: "GET",
    path: "/schemas/ids/{id}/subjects",
    answer: async (call) => pageOf(call, [...new Set((await usesCalled(call)).map(({ subject }) => subject))]),
  },
  { method: "GET", path: "/schemas/ids/{id}/versions", answer: async (call) => pageOf(call, await usesCalled(call)) },
];

async function usesCalled(call: Call) {
  return usesOf(call.db, idOf(call), flag(call, "deleted"));
}

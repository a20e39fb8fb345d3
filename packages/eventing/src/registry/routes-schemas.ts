/** Reading schemas by their id. */
import { idOf } from "./routes.ts";
import type { Route } from "./routes.ts";
import { schemaById, usesOf } from "./subjects.ts";

export const schemaRoutes: readonly Route[] = [
  { method: "GET", path: "/", answer: async () => ({}) },
  { method: "GET", path: "/schemas/types", answer: async () => ["AVRO"] },
  {
    method: "GET",
    path: "/schemas/ids/{id}",
    answer: async (call) => ({ schema: await schemaById(call.db, idOf(call)) }),
  },
  {
    method: "GET",
    path: "/schemas/ids/{id}/schema",
    answer: async (call) => JSON.parse(await schemaById(call.db, idOf(call))) as unknown,
  },
  {
    method: "GET",
    path: "/schemas/ids/{id}/subjects",
    answer: async (call) => [...new Set((await usesOf(call.db, idOf(call))).map(({ subject }) => subject))],
  },
  { method: "GET", path: "/schemas/ids/{id}/versions", answer: (call) => usesOf(call.db, idOf(call)) },
];

import { createTestDatabase } from "@tillstream/db/testing";
import { systemScheduler } from "@tillstream/runtime";
import { startRegistryServer } from "../testing/registry-server.ts";
import { createEmbeddedRegistry } from "./embedded-registry.ts";
import { createHttpRegistry } from "./http-registry.ts";
import { describeSchemaRegistry } from "../testing/schema-registry.contract.ts";

describeSchemaRegistry("embedded in Postgres", async () => {
  const test = await createTestDatabase();
  const create = () => createEmbeddedRegistry(test.database);
  return { registry: create(), other: create(), [Symbol.asyncDispose]: () => test[Symbol.asyncDispose]() };
});

describeSchemaRegistry("over HTTP", async () => {
  const test = await createTestDatabase();
  const server = await startRegistryServer(test.database);
  const create = () => createHttpRegistry({ url: server.url, fetch, scheduler: systemScheduler });
  return {
    registry: create(),
    other: create(),
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await test[Symbol.asyncDispose]();
    },
  };
});

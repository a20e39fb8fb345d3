/** One server for all integration tests of a run; stopped and deleted at its end. */
import type { TestProject } from "vitest/node";
import { startTestServer } from "./test-server.ts";

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startTestServer();
  project.provide("testPostgresUrl", server.url);
  return async () => server[Symbol.asyncDispose]();
}

import pg from "pg";
import { expect, test } from "vitest";
import { assertOwnSessions } from "./own-sessions.ts";
import { createPool, executor, STATEMENT_TIMEOUT_MS } from "./pool.ts";
import { createTestDatabase } from "@tillstream/db/testing";

test.each(["0", "7s"])(
  "a pooler that takes the bounds and drops them is found out, where sessions get %s from the server",
  async (ofServer) => {
    await using test = await createTestDatabase();
    const name = new URL(test.url).pathname.slice(1);
    await test.pool.query(`ALTER DATABASE ${name} SET statement_timeout = '${ofServer}'`);
    const dropped = new pg.Client({ connectionString: test.url }); // what its server sees of such a pooler's clients
    await dropped.connect();
    const asked = createPool({ url: test.url, max: 1, applicationName: "own" });
    try {
      const check = (db: pg.Client | pg.Pool) =>
        assertOwnSessions(executor(db), "statement_timeout", STATEMENT_TIMEOUT_MS);
      await expect(check(dropped)).rejects.toThrow("it took statement_timeout and did not pass it on");
      await check(asked);
    } finally {
      await dropped.end();
      await asked.end();
    }
  },
);

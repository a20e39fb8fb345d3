import { sql } from "../sql.ts";
import { expect, it } from "vitest";
import { createDatabase } from "@tillstream/db";
import { createTestDatabase } from "@tillstream/db/testing";

const insert = sql`INSERT INTO processed_events (consumer, event_id) VALUES ('test', '1')`;

it.each(["pg", "prisma"] as const)(
  "work that swallows a failed statement is not told that it was written (%s)",
  async (driver) => {
    await using test = await createTestDatabase();
    const client = createDatabase({ url: test.url, max: 2, applicationName: "test" });
    const database = driver === "pg" ? test.database : client;
    try {
      const swallowing = database.transaction(async (tx) => {
        await tx.query(insert);
        await tx.query(insert).catch(() => undefined);
        return "written";
      });
      await expect(swallowing).rejects.toThrow(/duplicate|unique/iu);
      expect(await test.database.query(sql`SELECT FROM processed_events`)).toEqual([]);
      expect(await database.transaction(async (tx) => (await tx.query(insert), "written"))).toBe("written");
    } finally {
      await client.close();
    }
  },
);

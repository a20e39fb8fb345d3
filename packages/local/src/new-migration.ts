/**
 * `node packages/local/bootstrap.mjs new-migration add_gift_cards`: writes a migration after a
 * change of prisma/schema. Read what it wrote before you commit it.
 */
import { writeNewMigration } from "./quality/migrations/write-migration.ts";

const [name = ""] = process.argv.slice(2);
try {
  const path = await writeNewMigration(name);
  console.log(
    path === undefined ? "The migrations give what prisma/schema says; nothing was written" : `Wrote ${path}`,
  );
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}

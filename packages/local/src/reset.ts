/** `npm run reset`: an empty, migrated, seeded local database. Refuses any database but the embedded one. */
import { resetLocalData } from "./environment/system/reset.ts";

process.exitCode = await resetLocalData(console.log);

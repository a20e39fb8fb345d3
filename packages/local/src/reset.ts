/** `npm run reset -- --size s|m|l`: an empty, migrated, seeded local database. Refuses any database but the embedded one. */
import { Command } from "commander";
import { resetLocalData } from "./environment/system/reset.ts";
import { sizeOption } from "./seed/index.ts";
import type { Size } from "./seed/index.ts";

const { size } = new Command("reset").addOption(sizeOption()).parse().opts<{ size: Size }>();
process.exitCode = await resetLocalData(console.log, size);

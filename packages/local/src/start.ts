/** `npm start`: all set-up, then everything running. */
import { runSystem } from "./environment/system/run.ts";

process.exit(await runSystem("start"));

/** `npm run dev`: like `npm start`, with pages compiled on demand and processes restarted when their source changes. */
import { runSystem } from "./environment/system/run.ts";

process.exit(await runSystem("dev"));

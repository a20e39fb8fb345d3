/** A process of its own that runs one consumer on the database of its first argument: a test ends it without a word. */
import { defineModule } from "../deployment/module.ts";
import { startModules } from "../deployment/start-modules.ts";
import { defineConsumer, on } from "../subscription/consumer.ts";
import { Added } from "./counter.ts";
import { effect } from "./effects.ts";

const [url = ""] = process.argv.slice(2);
const counting = defineConsumer("counting", [on(Added, async (tx) => void (await tx.query(effect("process"))))]);
const modules = [defineModule({ name: "counter", events: [Added], consumers: () => [counting] })];
const { worker } = await startModules(modules, {}, { url });
process.send?.(worker);

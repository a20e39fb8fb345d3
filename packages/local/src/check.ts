/**
 * `npm run check`: all that can be said about the code without running it. Ends with 1 when anything is wrong.
 * With `-- --accept-schemas` it first adds new versions of events and sagas to the snapshots of published ones.
 * With `-- --only boundaries,types` it takes these steps only.
 */
import { parseArgs } from "node:util";
import { acceptNewSchemas } from "./quality/check/event-schemas.ts";
import { REPOSITORY_ROOT } from "./quality/check/run-tool.ts";
import { acceptNewSagas } from "./quality/check/saga-shapes.ts";
import { eventDefinitions, sagaDefinitions, stepsNamed } from "./quality/check/steps.ts";

const { values } = parseArgs({
  options: { "accept-schemas": { type: "boolean", default: false }, only: { type: "string" } },
});
const steps = stepsNamed(values.only?.split(","));

if (values["accept-schemas"]) {
  const added = [
    ...acceptNewSchemas(REPOSITORY_ROOT, await eventDefinitions()),
    ...acceptNewSagas(REPOSITORY_ROOT, await sagaDefinitions()),
  ];
  console.log(added.length === 0 ? "No version of an event or a saga is new" : `Published: ${added.join(", ")}`);
}

const failed: string[] = [];
for (const { name, run } of steps) {
  const started = performance.now();
  const { ok, output } = await run(REPOSITORY_ROOT);
  const seconds = ((performance.now() - started) / 1_000).toFixed(1);
  console.log(`${ok ? "ok  " : "FAIL"}  ${name.padEnd(12)} ${seconds} s`);
  if (!ok) {
    failed.push(name);
    console.log(`\n${output}\n`);
  }
}
console.log(
  failed.length === 0 ? `Check: ${steps.length} of ${steps.length} passed` : `Check failed: ${failed.join(", ")}`,
);
process.exitCode = failed.length === 0 ? 0 : 1;

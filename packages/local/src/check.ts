/** `npm run check`: all that can be said about the code without running it. Ends with 1 when anything is wrong. */
import { REPOSITORY_ROOT } from "./check/run-tool.ts";
import { steps } from "./check/steps.ts";

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

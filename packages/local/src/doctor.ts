/** `npm run doctor`: looks at this machine and says beside each problem how to solve it. */
import { styleText } from "node:util";
import { examinations } from "./environment/doctor/examinations.ts";
import type { Finding } from "./environment/doctor/examinations.ts";
import { readLocalSettings } from "./environment/settings.ts";

const MARK = {
  ok: styleText("green", "ok      "),
  optional: styleText("yellow", "optional"),
  problem: styleText("red", "PROBLEM "),
} as const satisfies Record<Finding["kind"], string>;

const settings = readLocalSettings();
let problems = 0;
for (const { name, examine } of examinations) {
  const finding = await examine(settings).catch((error: Error): Finding => ({ kind: "problem", what: error.message }));
  if (finding.kind === "problem") problems += 1;
  console.log(`${MARK[finding.kind]}  ${name.padEnd(18)} ${finding.what}`);
  if (finding.fix !== undefined) console.log(`${" ".repeat(30)}fix: ${finding.fix}`);
}
console.log(
  problems === 0 ? "Nothing is in the way of npm start" : `${problems} problem(s) are in the way of npm start`,
);
process.exitCode = problems === 0 ? 0 : 1;

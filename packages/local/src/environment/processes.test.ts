import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { cpuOfTree, memoryOfTree } from "./processes.ts";

const USED_MS = 60;

test.runIf(process.platform === "linux")("the CPU time of a process holds that of children that ended", () => {
  const before = cpuOfTree(process.pid) ?? 0;
  spawnSync(process.execPath, ["-e", `while (process.cpuUsage().user < ${USED_MS} * 1_000);`]);
  expect(cpuOfTree(process.pid)).toBeGreaterThanOrEqual(before + USED_MS / 2);
});

test.runIf(process.platform === "linux")("the memory of a process is what it holds", () => {
  expect(memoryOfTree(process.pid)).toBeGreaterThan(process.memoryUsage().heapUsed / 1_024 / 2);
});

test("the CPU time of a process that does not exist is not known", () => {
  const { pid } = spawnSync(process.execPath, ["-e", ""]);
  expect(cpuOfTree(pid)).toBeUndefined();
});

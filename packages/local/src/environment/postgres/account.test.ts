import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { canEnter, findAccount } from "./account.ts";

const PASSWD = `root:x:0:0:root:/root:/bin/bash
tillstream-postgres:x:997:996::/nonexistent:/usr/sbin/nologin
toor:x:0:0::/root:/bin/sh
`;

test("an account is found by its name, and never one that is root", () => {
  expect(findAccount(PASSWD, "tillstream-postgres")).toEqual({ name: "tillstream-postgres", uid: 997, gid: 996 });
  expect(findAccount(PASSWD, "tillstream")).toBeUndefined();
  expect(findAccount(PASSWD, "toor")).toBeUndefined();
});

test("a folder can be entered only when every folder above it can", () => {
  const stranger = { name: "stranger", uid: 54_321, gid: 54_321 };
  const parent = mkdtempSync(join(tmpdir(), "tillstream-account-"));
  const folder = join(parent, "inner");
  mkdirSync(folder);
  chmodSync(folder, 0o755);
  chmodSync(parent, 0o700);
  expect(canEnter(stranger, folder)).toBe(false);
  chmodSync(parent, 0o755);
  expect(canEnter(stranger, folder)).toBe(true);
  rmSync(parent, { recursive: true });
});

/** A disk of its own that a test can fill up, where one may be mounted: by root, on Linux. */
import { execFileSync } from "node:child_process";
import { closeSync, mkdirSync, openSync, rmSync, statfsSync, writeSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../../testing/temporary-folder.ts";

const CHUNK = Buffer.alloc(64 * 1024);

export interface SmallDisk extends Disposable {
  readonly folder: string;
  /** Takes all that is left. */
  fill(): void;
  /** Gives it back. */
  empty(): void;
}

/** Undefined where none can be mounted. */
export function mountSmallDisk(megabytes: number): SmallDisk | undefined {
  const mountPoint = temporaryFolder("small-disk");
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m,mode=755`, "tmpfs", mountPoint], {
      stdio: "ignore",
    });
  } catch {
    rmSync(mountPoint, { recursive: true });
    return undefined;
  }
  const folder = join(mountPoint, "data");
  mkdirSync(folder);
  const filler = join(mountPoint, "filler");
  return {
    folder,
    fill() {
      const file = openSync(filler, "a");
      try {
        while (statfsSync(mountPoint).bavail > 0) writeSync(file, CHUNK);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
      } finally {
        closeSync(file);
      }
    },
    empty: () => rmSync(filler, { force: true }),
    [Symbol.dispose]() {
      execFileSync("umount", ["--lazy", mountPoint]);
      rmSync(mountPoint, { recursive: true, force: true });
    },
  };
}

/** A folder is named for what it is about. These names say only that someone did not know where to put things. */
import type { Finding } from "./finding.ts";
import type { SourceFile } from "./source-files.ts";

const NAMELESS = new Set(["utils", "util", "shared", "helpers", "helper", "common", "types", "misc", "lib"]);

export function checkLayout(files: readonly SourceFile[]): Finding[] {
  const folders = new Set(files.map(({ path }) => path.slice(0, path.lastIndexOf("/"))));
  return [...folders].flatMap((path) => {
    const name = path.split("/").find((segment) => NAMELESS.has(segment));
    if (name === undefined) return [];
    return [
      { rule: "folder-names", path, message: `a folder named ${name} is about nothing; name it for what it holds` },
    ];
  });
}

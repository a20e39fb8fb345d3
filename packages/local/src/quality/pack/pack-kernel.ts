/**
 * The kernel as its users install it: two packages of JavaScript with their types, the kernel's and that of the ports below it, and
 * nothing else of this repository.
 */
import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runTool } from "../check/run-tool.ts";
import { REPOSITORY_ROOT } from "../../environment/places.ts";
import { runNpm } from "./run-npm.ts";

const PACKAGES = ["runtime", "eventing"];
/** Started as a process of its own, and so never imported. */
const PROCESSES = ["packages/eventing/src/replay/expression-process.mts"];
/** Beside the code, where a package has it. */
const FILES = ["README.md", "schema.sql"];

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly exports: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

/** Writes a tarball of each package into `folder` and resolves to their paths. Throws with the compiler's or npm's words. */
export async function packKernel(folder: string): Promise<readonly string[]> {
  const manifests = await Promise.all(PACKAGES.map(readManifest));
  const compiled = join(folder, "compiled");
  await compile(folder, compiled, manifests);
  const versions = new Map(manifests.map(({ name, version }) => [name, version]));
  const tarballs: string[] = [];
  for (const [index, name] of PACKAGES.entries()) {
    const manifest = manifests[index];
    if (manifest === undefined) continue;
    const staged = join(folder, name);
    await stage(staged, { source: join(REPOSITORY_ROOT, "packages", name), compiled: join(compiled, name, "src") });
    await writeFile(join(staged, "package.json"), JSON.stringify(published(manifest, versions), null, 2));
    const output = await runNpm(["pack", "--silent", "--pack-destination", folder], staged);
    tarballs.push(join(folder, output.trim()));
  }
  return tarballs;
}

async function readManifest(name: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(REPOSITORY_ROOT, "packages", name, "package.json"), "utf8")) as Manifest;
}

async function compile(folder: string, outDir: string, manifests: readonly Manifest[]): Promise<void> {
  const entries = manifests.flatMap(({ exports }, index) =>
    Object.values(exports)
      .filter((path) => path.endsWith(".ts"))
      .map((path) => join("packages", PACKAGES[index] ?? "", path)),
  );
  const options = {
    extends: join(REPOSITORY_ROOT, "tsconfig.base.json"),
    compilerOptions: {
      noEmit: false,
      declaration: true,
      allowImportingTsExtensions: false,
      rewriteRelativeImportExtensions: true,
      rootDir: join(REPOSITORY_ROOT, "packages"),
      outDir,
      typeRoots: [join(REPOSITORY_ROOT, "node_modules/@types")],
    },
    files: [...entries, ...PROCESSES].map((path) => join(REPOSITORY_ROOT, path)),
  };
  await mkdir(folder, { recursive: true });
  const config = join(folder, "tsconfig.json");
  await writeFile(config, JSON.stringify(options));
  const { ok, output } = await runTool("tsc", ["-p", config], REPOSITORY_ROOT);
  if (!ok) throw new Error(output);
}

async function stage(folder: string, { source, compiled }: Record<"source" | "compiled", string>): Promise<void> {
  await cp(compiled, join(folder, "dist"), { recursive: true });
  await cp(join(REPOSITORY_ROOT, "LICENSE"), join(folder, "LICENSE"));
  for (const file of FILES)
    await cp(join(source, file), join(folder, file)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOENT") throw error;
    });
}

/** The manifest with what was compiled in place of the sources, and our own packages at their versions. */
function published(manifest: Manifest, versions: ReadonlyMap<string, string>): object {
  const { private: _, devDependencies: __, exports, dependencies = {}, ...rest } = manifest;
  const compiled = (path: string) => path.replace(/^\.\/src\/(.*)\.ts$/, "./dist/$1.js");
  return {
    ...rest,
    license: "Apache-2.0",
    exports: Object.fromEntries(Object.entries(exports).map(([entry, path]) => [entry, compiled(path)])),
    dependencies: Object.fromEntries(
      Object.entries(dependencies).map(([name, range]) => [name, versions.get(name) ?? range]),
    ),
  };
}

/** Where things are: the repository, its apps, and the data of the local environment. */
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

export const REPOSITORY_ROOT = join(import.meta.dirname, "../../../..");

export const appFolder = (app: string): string => join(REPOSITORY_ROOT, "apps", app);

/** A relative path starts at the repository, wherever the command was typed. */
export const fromRoot = (path: string): string => resolve(REPOSITORY_ROOT, path);

/** The script behind a package's command, such as `next/dist/bin/next` seen from an app. */
export const scriptFrom = (folder: string, specifier: string): string =>
  createRequire(join(folder, "package.json")).resolve(specifier);

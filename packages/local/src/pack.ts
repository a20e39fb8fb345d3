/** `npm run pack`: writes the kernel as packages that any project can install into `.data/pack`, and says where they are. */
import { mkdir, mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import { fromRoot } from "./environment/places.ts";
import { packKernel } from "./quality/pack/pack-kernel.ts";

const parent = fromRoot(".data/pack");
await mkdir(parent, { recursive: true });
for (const tarball of await packKernel(await mkdtemp(join(parent, "kernel-")))) console.log(tarball);

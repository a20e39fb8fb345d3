/** Each rule with a seeded violation; then the step itself, on the real sagas and a tampered snapshot. */
import { mkdtempDisposable, readFile, mkdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { defineEvent, defineSaga } from "@tillstream/eventing";
import type { Saga } from "@tillstream/eventing";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { REPOSITORY_ROOT } from "./run-tool.ts";
import { acceptNewSagas, checkSagaShapes, readSagaShapes, SAGA_SHAPES } from "./saga-shapes.ts";
import { steps } from "./steps.ts";

async function repository(snapshot = "{}\n") {
  const folder = await mkdtempDisposable(join(tmpdir(), "tillstream-sagas-"));
  await mkdir(dirname(join(folder.path, SAGA_SHAPES)), { recursive: true });
  await writeFile(join(folder.path, SAGA_SHAPES), snapshot);
  return folder;
}

const Ordered = defineEvent("Ordered", z.object({}));

/** A saga of these steps, each with a compensation but the last. */
function trip(version: number, ...names: string[]): Saga {
  return defineSaga<object, typeof Ordered>({
    name: "trip",
    version,
    startsOn: Ordered,
    start: ({ streamId }) => ({ subject: streamId, input: {} }),
    steps: names.map((name, index) => ({ name, action: {}, ...(index + 1 < names.length && { compensation: {} }) })),
  });
}

const v1 = trip(1, "flight", "hotel", "car");

/** What is found once v1 stands in the snapshot. */
async function findings(...now: readonly Saga[]): Promise<string[]> {
  await using folder = await repository();
  acceptNewSagas(folder.path, [v1]);
  return checkSagaShapes(now, readSagaShapes(folder.path)).map(({ rule, message }) => `${rule}: ${message}`);
}

describe("a published saga", () => {
  it("passes as it is", async () => {
    expect(await findings(v1)).toEqual([]);
  });

  it.each([
    ["reordered", ["hotel", "flight", "car"], "its step 1 was flight and is hotel"],
    ["inserted", ["flight", "visa", "hotel", "car"], "its step 2 was hotel and is visa"],
    ["renamed", ["flight", "inn", "car"], "its step 2 was hotel and is inn"],
    ["removed", ["flight", "car"], "its step 2 was hotel and is car (never undone)"],
  ])("with a step %s is refused, with what to do instead", async (_, names, difference) => {
    expect(await findings(trip(1, ...names))).toEqual([
      `saga-changed: saga trip v1 is published, and ${difference}: put v1 back as it was, give the change a new version, and keep v1 ` +
        "beside it until its runs have ended",
    ]);
  });

  it("that is gone is refused, and so is a new version that is not in the snapshot", async () => {
    expect(await findings(trip(2, "flight"))).toEqual([
      expect.stringMatching(
        /^saga-removed: saga trip v1 is published and is gone: keep it until its runs have ended everywhere/,
      ),
      expect.stringMatching(
        /^saga-new: saga trip v2 is not in the snapshot .* npm run check -- --accept-schemas adds it/,
      ),
    ]);
  });
});

it("accepting adds what is new and leaves what is published, also where that would now be refused", async () => {
  await using folder = await repository();
  expect(acceptNewSagas(folder.path, [v1])).toEqual(["saga trip v1"]);
  const before = await readFile(join(folder.path, SAGA_SHAPES), "utf8");
  expect(acceptNewSagas(folder.path, [trip(1, "other")])).toEqual([]);
  expect(await readFile(join(folder.path, SAGA_SHAPES), "utf8")).toBe(before);
  expect(acceptNewSagas(folder.path, [v1, trip(2, "other")])).toEqual(["saga trip v2"]);
});

it("the step looks at the shop's sagas and at the committed file", async () => {
  const step = steps.find(({ name }) => name === "sagas") ?? expect.fail("the step does not exist");
  expect(await step.run(REPOSITORY_ROOT)).toEqual({ ok: true, output: "" });
  const committed = await readFile(join(REPOSITORY_ROOT, SAGA_SHAPES), "utf8");
  await using folder = await repository(committed.replace('"charge"', '"pay"'));
  const { ok, output } = await step.run(folder.path);
  expect(ok).toBe(false);
  expect(output).toContain(`${SAGA_SHAPES}  saga checkout v1 is published, and its step 2 was pay and is charge`);
}, 30_000);

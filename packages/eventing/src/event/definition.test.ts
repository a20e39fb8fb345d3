import { describe, expect, it } from "vitest";
import { z } from "zod";
import { createEventCatalogue } from "./catalogue.ts";
import { defineEvent, MalformedEventError, UnknownEventVersionError } from "./definition.ts";

const Opened = defineEvent("Opened", z.object({ name: z.string() }))
  .upcastTo(z.object({ name: z.string(), colour: z.string() }), (v1) => ({ ...v1, colour: "blue" }))
  .upcastTo(z.object({ title: z.string(), colour: z.string() }), ({ name, colour }) => ({ title: name, colour }));

const stored = (schemaVersion: number, data: unknown) => ({
  eventId: "box-1:1",
  streamId: "box-1",
  streamType: "box",
  version: 1,
  type: "Opened",
  schemaVersion,
  data,
  metadata: { correlationId: "c", causationId: "c", actor: "system" },
  recordedAt: new Date(0),
});

describe("event definitions", () => {
  it("write the latest version", () => {
    expect(Opened.create({ title: "a", colour: "red" })).toEqual({
      type: "Opened",
      schemaVersion: 3,
      data: { title: "a", colour: "red" },
    });
  });

  it("read every older version as the latest, through each upcaster in turn", () => {
    expect(Opened.upcast({ name: "a" }, 1)).toEqual({ title: "a", colour: "blue" });
    expect(Opened.upcast({ name: "a", colour: "red" }, 2)).toEqual({ title: "a", colour: "red" });
    expect(Opened.upcast({ title: "a", colour: "red" }, 3)).toEqual({ title: "a", colour: "red" });
  });

  it("refuse a version newer than they know instead of misreading it", () => {
    expect(() => Opened.upcast({ title: "a" }, 4)).toThrow(UnknownEventVersionError);
  });

  it("refuse data that breaks the schema of its own version, naming the field", () => {
    expect(() => Opened.upcast({ name: 5 }, 1)).toThrow(/Opened v1: name/);
    expect(() => Opened.create({ title: "a" } as never)).toThrow(MalformedEventError);
  });
});

describe("the catalogue", () => {
  it("upcasts stored events and leaves the stored version visible", () => {
    const read = createEventCatalogue([Opened]).read(stored(1, { name: "a" }));
    expect(read).toMatchObject({ schemaVersion: 1, data: { title: "a", colour: "blue" } });
  });

  it("does not know types that nobody defined", () => {
    expect(createEventCatalogue([Opened]).read({ ...stored(1, {}), type: "Closed" })).toBeUndefined();
  });

  it("refuses two definitions of one type", () => {
    expect(() => createEventCatalogue([Opened, Opened])).toThrow(/defined twice/);
  });
});

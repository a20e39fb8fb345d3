import { describe, expect, it } from "vitest";
import { parseAvro } from "./parse-avro.ts";
import { schemaText } from "./schema-text.ts";

const record = (type: string, value: string) =>
  `{"type":"record","name":"R","fields":[{"name":"f","type":${type},"default":${value}}]}`;
const kept = (written: string) => schemaText(parseAvro(written));

describe("numbers", () => {
  it.each(["9007199254740993", "9223372036854775807", "-9223372036854775808"])(
    "a long may be %s by default",
    (value) => {
      expect(kept(record('"long"', value))).toBe(record('"long"', value));
    },
  );

  it.each([
    ['"long"', "9223372036854775808"],
    ['"int"', "2147483648"],
    ['"int"', "1.0"],
    ['"string"', "1"],
    ['["null","int"]', '"x"'],
    ['{"type":"array","items":"long"}', "[1.5]"],
    ['{"type":"record","name":"I","fields":[{"name":"x","type":"int"}]}', "{}"],
  ])("the default of %s is not %s", (type, value) => {
    expect(() => parseAvro(record(type, value))).toThrow(/default of field f of R is no/);
  });

  it("of attributes stay as they are, beyond 2^53 and behind the point", () => {
    const written = '{"type":"string","id":9223372036854775807,"other":[12345678901234567890123,1.0]}';
    expect(kept(written)).toBe(written);
    expect(kept(written.replace("5807", "5806"))).not.toBe(written);
  });

  it("written in two ways are one", () => {
    const written = (value: string) => kept(record('"double"', value));
    expect([written("1e2"), written("1.50"), written("1E10")]).toEqual([
      record('"double"', "100.0"),
      record('"double"', "1.5"),
      record('"double"', "1.0E10"),
    ]);
  });
});

it.each([
  ["[1]", "1 is not a type"],
  ['{"type":"record","fields":[]}', "has no name"],
  ['{"type":"record","name":"R"}', "R has no list of fields"],
  ['{"type":"record","name":"R-1","fields":[]}', '"R-1" is not a name'],
  ['{"type":"record","name":"a-b.R","fields":[]}', '"a-b" is not a name'],
  ['{"type":"record","name":"int","fields":[]}', "a type cannot be named int"],
  ['{"type":"record","name":"R","fields":[{"name":"f","type":"S"}]}', "S is not defined"],
  [
    '{"type":"record","name":"R","fields":[{"name":"f","type":"int"},{"name":"f","type":"int"}]}',
    "f is a field of R twice",
  ],
  ['{"type":"enum","name":"E","symbols":["A","A"]}', "A is a symbol of E twice"],
  ['{"type":"enum","name":"E","symbols":["A"],"default":"B"}', "not one of its symbols"],
  ['{"type":"fixed","name":"F","size":-1}', 'the size of "F" is -1'],
  ['["int","int"]', "int is a type of a union twice"],
  ['["null",["int"]]', "directly within a union"],
  ['[{"type":"fixed","name":"F","size":1},{"type":"fixed","name":"F","size":1}]', "F is defined twice"],
  ['{"type":{"type":"int"}}', "is not a name"],
])("%s is not a schema", (written, why) => {
  expect(() => parseAvro(written)).toThrow(why);
});

it("types are nested to a bound, and compared and written to it", () => {
  const nested = (depth: number) => `${'{"type":"array","items":'.repeat(depth)}"int"${"}".repeat(depth)}`;
  expect(kept(nested(500))).toBe(nested(500));
  expect(() => parseAvro(nested(501))).toThrow("nested more than 500 deep");
  expect(() => parseAvro(nested(30_000))).toThrow();
});

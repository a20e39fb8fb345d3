import fc from "fast-check";
import { expect, it } from "vitest";
import { frame, unframe, WireFormatError } from "./wire-format.ts";

it("is a zero byte, the id with the highest byte first, and the payload", () => {
  expect([...frame(0x01020304, Buffer.from([9]))]).toEqual([0, 1, 2, 3, 4, 9]);
  fc.assert(
    fc.property(fc.nat(), fc.uint8Array({ maxLength: 20 }), (schemaId, payload) => {
      const read = unframe(frame(schemaId, payload));
      expect(read.schemaId).toBe(schemaId);
      expect([...read.payload]).toEqual([...payload]);
    }),
  );
});

it("refuses bytes of another format and says why", () => {
  expect(() => unframe(Buffer.alloc(4))).toThrow("4 bytes are too few: the header alone has 5");
  expect(() => unframe(Buffer.from('{"a":1}'))).toThrow("the first byte is 123, not 0");
  expect(() => unframe(Buffer.alloc(0))).toThrow(WireFormatError);
  expect(unframe(Buffer.alloc(5)).payload.length).toBe(0);
});

it("refuses a number that is not a schema id", () => {
  for (const id of [-1, 1.5, 2 ** 31]) expect(() => frame(id, Buffer.alloc(0))).toThrow(`${id} is not a schema id`);
});

import { expect, it } from "vitest";
import { measureEncodings } from "./encodings.ts";

it("measures every event in every encoding, and finds JSON the largest", async () => {
  const results = await measureEncodings(3);
  expect(results.length).toBe(16);
  const bytesOf = (encoding: string) => results.filter((one) => one.encoding === encoding).map(({ bytes }) => bytes);
  const [json, avro, protobuf] = ["JSON", "Avro", "Protobuf"].map(bytesOf);
  json?.forEach((bytes, index) => {
    expect(avro?.[index]).toBeLessThan(bytes);
    expect(protobuf?.[index]).toBeLessThan(bytes);
  });
  for (const { writeUs, readUs } of results) expect(Math.min(writeUs, readUs)).toBeGreaterThan(0);
});

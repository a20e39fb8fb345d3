/** Confluent's wire format: a zero byte, the schema's id as four bytes with the highest first, then the payload. */
const MAGIC_BYTE = 0;
const HEADER_BYTES = 5;
const SCHEMA_ID_MAX = 2 ** 31 - 1;

/** The bytes are not a message in Confluent's wire format. */
export class WireFormatError extends Error {
  override readonly name = "WireFormatError";
}

export function frame(schemaId: number, payload: Uint8Array): Buffer {
  if (!Number.isInteger(schemaId) || schemaId < 0 || schemaId > SCHEMA_ID_MAX)
    throw new RangeError(`${schemaId} is not a schema id`);
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt8(MAGIC_BYTE, 0);
  header.writeInt32BE(schemaId, 1);
  return Buffer.concat([header, payload]);
}

/** Throws `WireFormatError` when the header is not there or not Confluent's. */
export function unframe(bytes: Uint8Array): { readonly schemaId: number; readonly payload: Buffer } {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.length < HEADER_BYTES)
    throw new WireFormatError(`${buffer.length} bytes are too few: the header alone has ${HEADER_BYTES}`);
  const magic = buffer.readUInt8(0);
  if (magic !== MAGIC_BYTE) throw new WireFormatError(`the first byte is ${magic}, not ${MAGIC_BYTE}`);
  return { schemaId: buffer.readInt32BE(1), payload: buffer.subarray(HEADER_BYTES) };
}

/** The part of Apache's own Avro for JavaScript that the tests use. Its main module needs a package that it does not name. */
declare module "avro-js/lib/files.js" {
  interface AvroType {
    fromBuffer(bytes: Uint8Array): unknown;
  }
  const files: { parse(schema: object): AvroType };
  export default files;
}

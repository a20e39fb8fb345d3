/** What can be sent in the place of a field, and in the place of a whole body. */
import { BODY_BYTES_MAX } from "@tillstream/trpc";

const DEPTH = 10_000;
const KEYS = 10_000;
/** Leaves room for the rest of a body that is just within its bound. */
const LONG = BODY_BYTES_MAX - 5_000;

const deepList = "[".repeat(DEPTH) + "]".repeat(DEPTH);
const deepObject = '{"a":'.repeat(DEPTH) + "0" + "}".repeat(DEPTH);
const manyKeys = `{${Array.from({ length: KEYS }, (_, key) => `"${key}":0`).join()}}`;
const manyItems = `[${"0,".repeat(KEYS)}0]`;
const long = (part: string): string => part.repeat(Math.floor(LONG / Buffer.byteLength(part)));

/** Texts on which a parser, a pattern, a statement or a page may stumble. */
const TEXTS: readonly string[] = [
  "",
  " ",
  "NUL \u0000",
  "half \ud800",
  "\u202etxt.exe",
  "\u3164\u200b\u202e",
  "\r\nx-injected: 1",
  "'; DROP TABLE orders; --",
  "1 OR 1=1",
  "%' OR ''='",
  "a & | ! <-> :*",
  "<script>alert(1)</script>",
  "../../../../etc/passwd",
  "%2e%2e%2f%00",
  "${jndi:ldap://localhost/a}",
  "{{7*7}}",
  "(a+)+$",
  "__proto__",
  "constructor",
  "toString",
  "undefined",
  "NaN",
  "garbage~garbage",
  "1~2~3",
  Buffer.from('["\u0000",2147483648]').toString("base64url"),
  "99999999999999999999",
  "2026-02-30T00:00:00Z",
  "0000-01-01T00:00:00Z",
  "9999-12-31T23:59:59-23:59",
  "$error('no')",
  "a@b.test",
  "k".repeat(256),
  long("x"),
  long("é"),
  long("a@"),
  long("a."),
  long(" ") + "x",
  long("\u200b"),
  long("1"),
  long("-"),
  long("\u0301"),
];
const NUMBERS = [
  "0",
  "-0",
  "-1",
  "1",
  "0.5",
  "2147483647",
  "2147483648",
  "9007199254740993",
  "1e308",
  "1e999",
  "1e-300",
];
const OTHERS = ["null", "true", "[]", "{}", '{"length":1e9}', deepList, deepObject, manyKeys, manyItems];

/** Each as JSON, which may be some that `JSON.stringify` never writes. */
export const IN_A_FIELD: readonly string[] = [...TEXTS.map((text) => JSON.stringify(text)), ...NUMBERS, ...OTHERS];

/** For a field that the procedure does not have. */
export const NAMES: readonly string[] = [
  "unasked",
  "__proto__",
  "constructor",
  "toString",
  "",
  "a.b",
  "\ud800",
  "\u0000",
  long("n"),
];

/** In the place of a part of an address, as it is sent. */
export const IN_AN_ADDRESS: readonly string[] = [
  "",
  "-1",
  "latest",
  "99999999999999999999",
  "1.5",
  "..%2f..%2fetc%2fpasswd",
  "../..",
  "%00",
  "%ff",
  "%",
  "%ed%a0%80",
  "__proto__",
  "constructor",
  "%27%3B%20DROP%20TABLE%20orders%3B%20--",
  "%3Cscript%3E",
  "2026-13-01",
  "a=b&a=c&a[]=d",
  "x".repeat(5_000),
];

/** In the place of a body, some of them of `valid`. */
export function bodiesLike(valid: string): readonly (string | Buffer)[] {
  const padded = `${valid}${" ".repeat(Math.max(BODY_BYTES_MAX - Buffer.byteLength(valid), 0))}`;
  return [
    "",
    " ",
    "{",
    "nul",
    "NaN",
    '"text"',
    "[[]]",
    ...OTHERS,
    `${valid}x`,
    `${valid}${valid}`,
    `\ufeff${valid}`,
    valid.replace("{", '{"reason":1,"reason":2,'),
    valid.replace("{", "{/**/"),
    Buffer.from([0xff, 0xfe, ...Buffer.from(valid, "utf16le")]),
    Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xc3, 0x28, 0xed, 0xa0, 0x80]), Buffer.from('"}')]),
    padded,
    `${padded} `,
    "x".repeat(5_000_000),
  ];
}

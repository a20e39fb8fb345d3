/** Keeps both ends of an id, which are what people compare: "0198c2f4…9ab1". Short texts stay whole. */
export function truncateMiddle(text: string, head = 8, tail = 4): string {
  return text.length <= head + tail + 1 ? text : `${text.slice(0, head)}…${text.slice(-tail)}`;
}

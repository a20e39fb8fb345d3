/** Whether a navigation entry is where the person is: the page itself or anything beneath it; "/" only exactly. */
export function isCurrent(href: string, path: string): boolean {
  const target = href.split(/[?#]/, 1)[0] ?? href;
  return target === "/" ? path === "/" : path === target || path.startsWith(`${target}/`);
}

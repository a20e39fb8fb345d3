/** Of a page about one thing: there is none by the name in the address, or nothing can have such a name. */
export function isUnknown({ code }: { readonly code: string | null }): boolean {
  return code === "NOT_FOUND" || code === "BAD_REQUEST";
}

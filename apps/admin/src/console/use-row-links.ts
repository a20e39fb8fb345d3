"use client";
/** A list whose rows are the way to their pages: j and k choose one, Enter goes there. */
import { useRouter } from "next/navigation";
import { useRowKeys } from "./use-row-keys.ts";

/** `hrefs` name the rows, so each may stand in the list once. */
export function useRowLinks(hrefs: readonly string[]) {
  const router = useRouter();
  return useRowKeys(hrefs, (href) => router.push(href));
}

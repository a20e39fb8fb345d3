"use client";
/** A list whose rows are the way to their pages: a click goes there, and so does Enter on the one that j and k chose. */
import { useRouter } from "next/navigation";
import { onRowClick } from "./open-rows.tsx";
import { useRowKeys } from "./use-row-keys.ts";

/** `hrefs` name the rows, so each may be in the list once. */
export function useRowLinks(hrefs: readonly string[]) {
  const router = useRouter();
  const go = (href: string) => router.push(href);
  return { ...useRowKeys(hrefs, go), onClick: (href: string) => onRowClick(() => go(href)) };
}

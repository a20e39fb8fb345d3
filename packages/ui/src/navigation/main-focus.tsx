"use client";
import { useEffect, useRef } from "react";

/** Moves focus to <main> when the path changes, as a full page load would. Filters in the query string do not count. */
export function MainFocus({ path }: { path: string }) {
  const previous = useRef(path);
  useEffect(() => {
    if (previous.current === path) return;
    previous.current = path;
    document.getElementById("main")?.focus({ preventScroll: true });
  }, [path]);
  return null;
}

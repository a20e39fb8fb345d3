import type { Metadata } from "next";
import { Missing } from "../frame/missing.tsx";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <Missing title="This page is not here">
      It may have been moved, or the link lacks a part. What we do have is on the shelves.
    </Missing>
  );
}

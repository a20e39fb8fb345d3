import type { Metadata } from "next";
import { notFound } from "next/navigation";

export const metadata: Metadata = { title: "Not found" };

/** Catches every other address, so that "not found" is inside the console's frame. */
export default function Missing(): never {
  notFound();
}

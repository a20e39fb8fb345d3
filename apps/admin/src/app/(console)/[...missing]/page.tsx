import { notFound } from "next/navigation";

/** Catches every other address, so that "not found" stands inside the console's frame. */
export default function Missing(): never {
  notFound();
}

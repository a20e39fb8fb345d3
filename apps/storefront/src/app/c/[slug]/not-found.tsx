import type { Metadata } from "next";
import { Missing } from "../../../frame/missing.tsx";

/** Without it the page of what is missing would have the title of the front. */
export const metadata: Metadata = { title: "Not found" };

export default function CategoryNotFound() {
  return (
    <Missing title="We do not have this shelf">
      We do not have this category. These are what people look at most.
    </Missing>
  );
}

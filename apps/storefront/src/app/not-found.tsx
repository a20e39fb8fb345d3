import type { Metadata } from "next";
import { Missing } from "../frame/missing.tsx";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return <Missing title="There is no such page">The address may be mistyped, or what was here has moved.</Missing>;
}

import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { DevView } from "../../../dev/dev-view.tsx";
import { isLocal } from "../../../server/is-local.ts";

export const metadata: Metadata = { title: "Faults and traffic" };

export default function DevPage() {
  if (!isLocal()) notFound();
  return <DevView />;
}

import type { Metadata } from "next";
import { WholeCredit } from "../../../account/forms.tsx";

export const metadata: Metadata = { title: "Store credit" };

export default function CreditPage() {
  return <WholeCredit />;
}

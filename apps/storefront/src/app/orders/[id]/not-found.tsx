import { headers } from "next/headers";
import { LookUp } from "../../../find-order/look-up.tsx";
import { PATH_HEADER } from "../../../server/return-path.ts";

/** The same for an order that does not exist and for one that is not the visitor's. */
export default async function OrderNotFound() {
  return (
    <LookUp next={(await headers()).get(PATH_HEADER) ?? "/account/orders"}>
      The page of an order opens with the link from our mails. With the number of your order and the e-mail address that
      you gave, we send you that link again.
    </LookUp>
  );
}

import { openOrder, orderMetadata, type OrderPageProps } from "../../../../order/open-order.tsx";
import { PrintedReceipt } from "../../../../order/printed-receipt.tsx";
import { server } from "../../../../server/services.ts";

export const metadata = orderMetadata("Receipt");

export default function ReceiptPage(props: OrderPageProps) {
  return openOrder(props, (opened) => <PrintedReceipt {...opened} shopAddress={server().services.shop.address} />);
}

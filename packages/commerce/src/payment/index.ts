export { PaymentProtocolError, PaymentUnavailableError } from "./gateway.ts";
export type {
  ChargeInput,
  ChargeOutcome,
  ChargeProcessing,
  PaymentGateway,
  RefundInput,
  RefundOutcome,
} from "./gateway.ts";
export { createSimulatedGateway } from "./simulated-gateway.ts";

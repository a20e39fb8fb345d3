export { newKey } from "@tillstream/trpc/commands";

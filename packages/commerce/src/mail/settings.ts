import { z } from "zod";

const ADDRESS = String.raw`[^\s<>@,;"]+@[^\s<>@,;"]+`;

/** By which server mails leave, and whom they come from: both or neither. */
export const mailSettings = {
  /** Such as smtp://user:password@host:587, or smtps:// for TLS from the start. A password travels over TLS only. */
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: "an smtp or smtps address" }).optional(),
  /** Such as Fernhill <orders@fernhill.example>. */
  MAIL_FROM: z
    .string()
    .regex(
      new RegExp(`^(?:[^<>@\\r\\n]+ <${ADDRESS}>|${ADDRESS})$`),
      "an address, such as Fernhill <orders@fernhill.example>",
    )
    .optional(),
};

/** How many mails the inbox shows. */
export const MAILS_MAX = 100;

export const INBOX_DESCRIPTION = `What the shop wrote to customers; without SMTP_URL it is kept here instead of being delivered. The latest ${MAILS_MAX}.`;

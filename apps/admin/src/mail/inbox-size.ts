/** How many mails the inbox shows. */
export const MAILS_MAX = 100;

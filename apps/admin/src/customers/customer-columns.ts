/** The list's words, also for its skeleton on the server. */
export const customerColumns = ["Name", "E-mail", "Kind", "Orders", "Last order", "Since"] as const;
export const customersAbout = "Accounts and guests by e-mail address, as the shop's own tables have them now.";

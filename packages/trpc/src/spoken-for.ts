/** How a command says who its sender believes to be. No import: the browser reads this too. */
export const AS_HEADER = "tillstream-as";
/** Who has not signed in. */
export const GUEST = "guest";

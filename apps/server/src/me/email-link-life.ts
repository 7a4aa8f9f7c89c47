/** How long a link is good that shows whose an address is, in milliseconds. */
export const emailLinkLife = 86_400_000

/** How long a link is good by which a password is reset, in milliseconds. */
export const resetLife = 3_600_000

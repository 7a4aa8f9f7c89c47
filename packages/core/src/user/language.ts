/** The languages that mails and pages are complete in; the first is the default. */
export const languages = ['en', 'de', 'fr', 'es', 'pt-BR', 'ja'] as const

export type Language = (typeof languages)[number]

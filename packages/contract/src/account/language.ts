import { z } from 'zod'
import type { Language } from '@keyholder/core'

/** One that the core knows and that is missing here does not compile. */
const names = {
  en: true,
  de: true,
  fr: true,
  es: true,
  'pt-BR': true,
  ja: true,
} satisfies Record<Language, true>

/** A language that mails and pages are complete in. */
export const language = z.enum(Object.keys(names) as Language[])

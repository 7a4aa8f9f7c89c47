import type { Language } from '@keyholder/core'
import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import { ja } from './ja.ts'
import { ptBr } from './pt-br.ts'
import type { Translation } from './translation.ts'

/** The English texts stand for those of every language: a test holds their slots against each other. */
export type Texts = typeof en

export const translations = { en, de, fr, es, 'pt-BR': ptBr, ja } satisfies Record<Language, Translation>

export function textsIn(language: Language): Texts {
  return translations[language] as Texts
}

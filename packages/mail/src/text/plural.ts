import type { Language } from '@keyholder/core'
import { fill } from './fill.ts'
import type { Plural } from './translation.ts'

/** The form of a text that goes with a number, with the number in its `{count}`. */
export function plural(language: Language, forms: Plural, count: number): string {
  const form = forms[new Intl.PluralRules(language).select(count)] ?? forms.other
  return fill(form as '{count}', { count: new Intl.NumberFormat(language).format(count) })
}

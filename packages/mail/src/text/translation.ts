import type { en } from './en.ts'

/** One form for each plural category of a language, in the names of CLDR. */
export type Plural = { readonly other: string } & { readonly [Category in Intl.LDMLPluralRule]?: string }

type Translated<T> = T extends string
  ? string
  : T extends { readonly other: string }
    ? Plural
    : { readonly [Name in keyof T]: Translated<T[Name]> }

/** The texts of a language other than English; one that is missing does not compile. */
export type Translation = Translated<typeof en>

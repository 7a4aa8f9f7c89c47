import type { Language } from '@keyholder/core'
import { dateIn } from '../text/date-in.ts'
import { fill, type Values } from '../text/fill.ts'
import { plural } from '../text/plural.ts'
import type { Texts } from '../text/texts.ts'
import type { Plural } from '../text/translation.ts'
import { manyLines, oneLine } from '../text/written-by-people.ts'
import type { Block, Fact, Letter } from './letter.ts'

/** Where the mails come from. */
export interface Origin {
  /** Without a slash at its end; every link begins with it. */
  readonly publicUrl: string
  /** What the readers know the product by. */
  readonly product: string
}

export interface Person {
  readonly name: string | null
  readonly email: string
}

/** How something is said to one reader: in their language, and with nothing in it that is more than a letter. */
export class Wording {
  readonly texts: Texts
  readonly origin: Origin
  readonly #language: Language

  constructor(language: Language, texts: Texts, origin: Origin) {
    this.#language = language
    this.texts = texts
    this.origin = origin
  }

  say<const Text extends string>(text: Text, values: Values<Text>): string {
    const clean = Object.entries<string>(values).map(([slot, value]) => [slot, oneLine(value)])
    return fill(text, Object.fromEntries(clean) as Values<Text>)
  }

  /** Says something about the product. */
  atProduct(text: `${string}{product}${string}`): string {
    return this.say(text as '{product}', { product: this.origin.product })
  }

  date(moment: string): string {
    return dateIn(this.#language, moment)
  }

  count(forms: Plural, count: number): string {
    return plural(this.#language, forms, count)
  }

  /** What a person is called: by their address where they have no name. */
  nameOf({ name, email }: Person): string {
    return oneLine(name ?? '') || oneLine(email)
  }

  person({ name, email }: Person): string {
    const known = oneLine(name ?? '')
    return known ? this.say(this.texts.personWithEmail, { name: known, email }) : oneLine(email)
  }

  greeting(name: string | null): Block {
    const { greeting, greetingAnybody } = this.texts
    const known = oneLine(name ?? '')
    return { kind: 'greeting', text: known ? this.say(greeting, { name: known }) : greetingAnybody }
  }

  /** Facts without those that have no value; no block where none is left. */
  facts(facts: readonly (readonly [label: string, value: string | null])[]): readonly Block[] {
    const known = facts.flatMap(([label, value]): Fact[] => {
      const clean = oneLine(value ?? '')
      return clean ? [[oneLine(label), clean]] : []
    })
    return known.length > 0 ? [{ kind: 'facts', facts: known }] : []
  }

  quote(text: string | null): readonly Block[] {
    const clean = manyLines(text ?? '')
    return clean ? [{ kind: 'quote', text: clean }] : []
  }

  /** Leads to the product itself. */
  open(): Block {
    return action(this.atProduct(this.texts.open), `${this.origin.publicUrl}/`)
  }

  letter({ subject, heading = subject, senderName = this.origin.product, blocks }: Draft): Letter {
    return {
      language: this.#language,
      senderName: oneLine(senderName),
      subject: oneLine(subject),
      heading: oneLine(heading),
      blocks,
    }
  }
}

interface Draft {
  readonly subject: string
  /** The subject where left out. */
  readonly heading?: string
  /** The product where left out. */
  readonly senderName?: string
  readonly blocks: readonly Block[]
}

export function paragraph(text: string): Block {
  return { kind: 'paragraph', text }
}

export function aside(text: string): Block {
  return { kind: 'aside', text }
}

export function action(label: string, url: string): Block {
  return { kind: 'action', label, url }
}

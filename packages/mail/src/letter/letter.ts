import type { Language } from '@keyholder/core'

export type Fact = readonly [label: string, value: string]

/** A part of a letter; what people wrote in it is clean of controls, and still to be escaped. */
export type Block =
  | { readonly kind: 'greeting'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  /** Said in passing: what to do if the letter is a surprise. */
  | { readonly kind: 'aside'; readonly text: string }
  /** What somebody wrote, with its lines. */
  | { readonly kind: 'quote'; readonly text: string }
  | { readonly kind: 'facts'; readonly facts: readonly Fact[] }
  | { readonly kind: 'action'; readonly label: string; readonly url: string }

/** What a mail says, before it takes the form of text or of HTML: so that both say the same. */
export interface Letter {
  readonly language: Language
  /** Whom it comes from, as the reader sees it. */
  readonly senderName: string
  readonly subject: string
  readonly heading: string
  readonly blocks: readonly Block[]
}

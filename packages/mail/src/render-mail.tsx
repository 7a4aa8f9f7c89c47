/** @jsxRuntime automatic */
/** @jsxImportSource react */
import { renderToStaticMarkup } from 'react-dom/server'
import { LetterPage } from './html/letter-page.tsx'
import { composeLetter } from './letter/compose-letter.ts'
import { letterAsText } from './letter/letter-as-text.ts'
import type { Origin } from './letter/wording.ts'
import type { Message } from './message.ts'
import { fill } from './text/fill.ts'
import { textsIn } from './text/texts.ts'
import { oneLine } from './text/written-by-people.ts'

/** A message as its reader gets it. */
export interface RenderedMail {
  readonly senderName: string
  readonly subject: string
  readonly text: string
  readonly html: string
  /** The addresses that it leads to; a secret, where one carries a token. */
  readonly links: readonly string[]
}

/** What a list of mails shows of one, for much less than all of it. */
export type MailHeading = Pick<RenderedMail, 'senderName' | 'subject'>

export function mailHeading(message: Message, origin: Origin): MailHeading {
  const { senderName, subject } = composeLetter(message, textsIn(message.language), origin)
  return { senderName, subject }
}

/** Renders a message in its language, as text and as HTML that say the same. */
export function renderMail(message: Message, origin: Origin): RenderedMail {
  const texts = textsIn(message.language)
  const product = oneLine(origin.product)
  const letter = composeLetter(message, texts, origin)
  const signature = fill(texts.sentBy, { product, host: new URL(origin.publicUrl).host })
  const page = <LetterPage letter={letter} texts={texts} product={product} signature={signature} />

  return {
    senderName: letter.senderName,
    subject: letter.subject,
    text: letterAsText(letter, texts, signature),
    html: `<!doctype html>${renderToStaticMarkup(page)}`,
    links: letter.blocks.flatMap((block) => (block.kind === 'action' ? block.url : [])),
  }
}

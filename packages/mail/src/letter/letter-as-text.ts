import { fill } from '../text/fill.ts'
import type { Texts } from '../text/texts.ts'
import type { Block, Letter } from './letter.ts'

/** A letter for readers without HTML: the same words, in the same order. */
export function letterAsText({ heading, blocks }: Letter, texts: Texts, signature: string): string {
  const parts = [heading, ...blocks.map((block) => blockAsText(block, texts)), `-- \n${signature}`]
  return `${parts.join('\n\n')}\n`
}

function blockAsText(block: Block, texts: Texts): string {
  switch (block.kind) {
    case 'greeting':
    case 'paragraph':
    case 'aside':
      return block.text
    case 'quote':
      return block.text.replace(/^/gm, '> ').replace(/ +$/gm, '')
    case 'facts':
      return block.facts.map(([label, value]) => fill(texts.colon, { label, value })).join('\n')
    case 'action':
      return `${block.label}\n${block.url}`
  }
}

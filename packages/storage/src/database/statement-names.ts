import { createHash } from 'node:crypto'

const mostNames = 400
const mostSeenOnce = 4_000

/**
 * Gives names to the statements that come again, so that PostgreSQL parses and plans them once for a connection.
 *
 * A name is made of the statement's text, so that two processes behind one connection pooler can only mean the
 * same by it. Their number is bounded, because every connection keeps what it has prepared.
 */
export class StatementNames {
  readonly #names = new Map<string, string>()
  readonly #seenOnce = new Set<string>()

  nameOf(text: string): string | undefined {
    const name = this.#names.get(text)
    if (name !== undefined) return name

    if (!this.#seenOnce.has(text)) {
      if (this.#seenOnce.size >= mostSeenOnce) this.#seenOnce.clear()
      this.#seenOnce.add(text)
      return undefined
    }

    if (this.#names.size >= mostNames) return undefined
    const made = `kh_${createHash('sha256').update(text).digest('hex').slice(0, 32)}`
    this.#seenOnce.delete(text)
    this.#names.set(text, made)
    return made
  }
}

import type { Decided } from '../question/decide-asked.ts'

/** A question of a batch that is not whole; it is denied by itself. */
export class MalformedQuestion {
  readonly #message: string

  constructor(message: string) {
    this.#message = message
  }

  answer(): Decided {
    return {
      decision: false,
      reasons: ['question_malformed'],
      error: { status: 400, message: this.#message },
    }
  }
}

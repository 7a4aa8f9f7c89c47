import { DatabaseUnavailable } from '@keyholder/storage'

/**
 * Another request took an address, or a name, between the look-up that found it free and the transaction that was to
 * take it. Thrown in that transaction it has the look-up made again, which then finds who has it now.
 */
export class AddressTaken extends Error {
  override readonly name = 'AddressTaken'
}

const mostAttempts = 4

/** Carries out what begins with looking an address up, and begins anew where another request was faster. */
export async function fromLookUp<Outcome>(attempt: () => Promise<Outcome>): Promise<Outcome> {
  for (let made = 1; ; made++) {
    try {
      return await attempt()
    } catch (error) {
      if (!(error instanceof AddressTaken)) throw error
      if (made >= mostAttempts) throw new DatabaseUnavailable('busy', error)
    }
  }
}

import type { AccessChange } from './access-change.ts'
import { AccountIndex } from './account-index.ts'
import { Affected } from './rows/affected.ts'
import { changeRow } from './rows/change-rows.ts'
import { RowsDraft } from './rows/rows-draft.ts'

/**
 * An account while a list of changes is applied to it one by one, at the cost of each change alone.
 *
 * Its index shows the state of the moment and is for looking things up only: whoever keeps a revision makes it with
 * `withChanges`.
 */
export class EvolvingAccount {
  readonly index: AccountIndex
  readonly #draft: RowsDraft
  readonly #affected = new Affected()

  constructor(start: AccountIndex) {
    this.#draft = new RowsDraft(start.rows, start.revision)
    this.index = new AccountIndex(this.#draft.rows)
  }

  apply(change: AccessChange): void {
    changeRow(this.#draft, this.#affected, change)
  }
}

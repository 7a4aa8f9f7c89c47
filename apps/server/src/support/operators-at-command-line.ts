import type { Result } from '@keyholder/core'
import type { Database, Operator } from '@keyholder/storage'
import { commandLine } from '../change/command-line.ts'
import type { NewId } from '../new-id.ts'
import { appointOperator, dismissOperator } from './appoint-operators.ts'

interface Deps {
  readonly db: Database
  readonly newId: NewId
}

type Unknown = { readonly code: 'not_found' }

/** Makes somebody staff who may enter accounts for support, by id or e-mail; refused where nobody has that login. */
export function addOperatorAtCommandLine(deps: Deps, name: string): Promise<Result<Operator, Unknown>> {
  return appointOperator(deps, name, { actor: commandLine })
}

/** Takes somebody from the staff, and ends what they have open; refused where they are not of it. */
export function removeOperatorAtCommandLine(
  deps: Deps,
  name: string,
): Promise<Result<{ readonly ended: number }, Unknown>> {
  return dismissOperator(deps, name, { actor: commandLine })
}

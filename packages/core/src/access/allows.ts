import type { OrganizationId, UserId } from '../id.ts'
import type { AccountIndex } from './account-index.ts'
import { compileAccess } from './compiled/compile-access.ts'
import { noRecord } from './compiled/records.ts'
import type { Directory } from './directory.ts'
import type { Question } from './facts.ts'
import { homeFor } from './routes.ts'
import { findOrganization } from './rows/account-rows.ts'
import { none } from './rows/number-column.ts'

/**
 * Whether the person may do that, here, at that moment.
 *
 * Whatever is unknown — account, organization, permission, person — is denied. Costs a few look-ups and no
 * allocation, once the person's access has been compiled.
 */
export function allows(directory: Directory, question: Question): boolean {
  const index = directory.account(question.account)
  const permission = directory.blueprint.permission.get(question.permission)
  if (index === undefined || permission === undefined) return false

  const scope = scopeOf(index, question.organization)
  const user = userNumber(directory, index, question.user)
  if (scope === undefined || user === undefined) return false
  const bit = question.owner === question.user ? permission.ownBit : permission.bit
  return holdsBit(directory, index, user, scope, bit, question.at)
}

/** A question whose names have been looked up, to be asked again and again. */
export interface Handles {
  readonly user: number
  readonly scope: number
  readonly bit: number
}

/** Looks up the names of a question once; nothing where one of them is unknown, which is a denial. */
export function resolve(
  directory: Directory,
  index: AccountIndex,
  question: Pick<Question, 'user' | 'permission' | 'organization' | 'owner'>,
): Handles | undefined {
  const permission = directory.blueprint.permission.get(question.permission)
  const scope = scopeOf(index, question.organization)
  const user = userNumber(directory, index, question.user)
  if (permission === undefined || scope === undefined || user === undefined) return undefined
  return { user, scope, bit: question.owner === question.user ? permission.ownBit : permission.bit }
}

/** `allows` for handles. They stay good when the account changes, and not when it is loaded anew. */
export function allowsHandles(
  directory: Directory,
  index: AccountIndex,
  { user, scope, bit }: Handles,
  at: number,
): boolean {
  if (scope !== none && index.rows.organizations[scope] !== 1) return false
  return holdsBit(directory, index, user, scope, bit, at)
}

/** The number of an organization, or `none` for the whole account; nothing where the organization is unknown. */
export function scopeOf(index: AccountIndex, organization: OrganizationId | undefined): number | undefined {
  return organization === undefined ? none : findOrganization(index.rows, organization)
}

/**
 * The compiled access of a person at a moment, to be read from `index.compiled`; nothing where the person is unknown
 * or the account is suspended.
 */
export function recordFor(
  directory: Directory,
  index: AccountIndex,
  user: UserId,
  at: number,
): number | undefined {
  const number = userNumber(directory, index, user)
  if (number === undefined || index.rows.status === 'suspended') return undefined
  return compiledRecord(directory, index, number, at) ?? compileAnew(directory, index, number, at)
}

/** The number of a person who is, or was, a member, or who comes through a connection. */
function userNumber(directory: Directory, index: AccountIndex, user: UserId): number | undefined {
  const { users } = index.rows.names
  const known = users.find(user)
  if (known !== undefined) return known
  return homeFor(directory, index.rows, user) ? users.number(user) : undefined
}

function holdsBit(
  directory: Directory,
  index: AccountIndex,
  user: number,
  scope: number,
  bit: number,
  at: number,
): boolean {
  if (index.rows.status === 'suspended') return false
  const record = compiledRecord(directory, index, user, at) ?? compileAnew(directory, index, user, at)
  const { sets, records } = index.compiled
  return sets.has(records.classIn(record, scope), bit)
}

function compiledRecord(
  directory: Directory,
  { compiled }: AccountIndex,
  user: number,
  at: number,
): number | undefined {
  const record = compiled.recordOf(user)
  return record !== noRecord && compiled.records.isTrue(record, directory, at) ? record : undefined
}

function compileAnew(directory: Directory, index: AccountIndex, user: number, at: number): number {
  index.tidy()
  return compileAccess(directory, index, user, at)
}

import {
  AccountIndex,
  refuse,
  succeed,
  superuserhood,
  type AccessChange,
  type AccountFacts,
  type AccountId,
  type Agreement,
  type Blueprint,
  type Result,
  type UserId,
} from '@keyholder/core'
import {
  delegatedGroups,
  describeConnection,
  describedAccount,
  findConnection,
  insertAccount,
  loadFacts,
  lockAccounts,
  saveOrganizationNames,
  savePeople,
  updateAccount,
  writeChanges,
  type DescribedAccount,
  type Tx,
} from '@keyholder/storage'
import type { WorldAccount, WorldIds } from '@keyholder/world'
import { commandLineAuthor } from '../change/command-line.ts'
import type { NewId } from '../new-id.ts'
import { accessDifference } from './access-difference.ts'
import { connectionStory } from './connection-story.ts'
import { logImport } from './log-import.ts'
import type { ImportRefusal } from './import-refusal.ts'
import { partInWorld } from './part-in-world.ts'
import { wantedFacts } from './wanted-facts.ts'
import { nameChanges, type NameChanges } from './wanted-names.ts'

/** An account of a world, and the state of it that the world says. */
export interface ImportStep {
  readonly blueprint: Blueprint
  readonly account: WorldAccount
  readonly said: AccountFacts
  readonly ids: WorldIds
  /** All accounts of the world. */
  readonly accounts: ReadonlySet<AccountId>
  /** The account itself, and those that it lets in or let in. */
  readonly related: readonly AccountId[]
  readonly newId: NewId
}

/** How much of an account is written at once: what other accounts refer to, or all of it. */
export type Extent = 'foundation' | 'whole'

/** What has to change in an account, as it stands in this transaction. */
export interface Outstanding {
  readonly before: AccountFacts
  readonly changes: readonly AccessChange[]
  readonly names: NameChanges
  /** What everything was called; nothing where the account is new. */
  readonly described: DescribedAccount | undefined
  readonly keepsGroups: boolean
}

/** What was done to an account. */
export interface Done {
  readonly account: AccountId
  /** Where nothing had to change, nothing was written either. */
  readonly changed: boolean
  /** People of the account who are no members of it any more. */
  readonly left: readonly UserId[]
  /** Whether groups that the world does not have are kept, because connections name them at this moment. */
  readonly keepsGroups: boolean
}

/**
 * Brings an account to the state that a world says.
 *
 * Takes a transaction of the account and of those that it lets in. Nothing is written where it is refused.
 */
export async function bringAbout(
  tx: Tx,
  step: ImportStep,
  extent: Extent,
): Promise<Result<Done, ImportRefusal>> {
  const { blueprint, account, said } = step
  const described = await describedAccount(tx, account.slug)
  const isThere = described !== undefined || (await insertAccount(tx, { ...account, id: said.id }))
  if (!isThere) return refuse({ code: 'account_made_meanwhile', account: account.slug })
  const { at } = await lockAccounts(tx, step.related)

  const outstanding = await compare(tx, step, extent, described)
  if (losesSuperuser(blueprint, outstanding, at)) {
    return refuse({ code: 'last_superuser', account: account.slug })
  }
  const done = { account: said.id, left: leaving(outstanding), keepsGroups: outstanding.keepsGroups }
  if (isNothing(outstanding)) return succeed({ ...done, changed: false })

  await write(tx, step, outstanding, at)
  await logImport(tx, outstanding, step, at)
  return succeed({ ...done, changed: true })
}

async function compare(
  tx: Tx,
  { blueprint, account, said, ids, accounts }: ImportStep,
  extent: Extent,
  described: DescribedAccount | undefined,
): Promise<Outstanding> {
  const before = await loadFacts(tx, blueprint, said.id)
  if (!before) throw new Error(`the account \`${account.slug}\` is not there`)

  const part = partInWorld(before, accounts)
  const delegated = await delegatedGroups(tx, said.id)
  const wanted = wantedFacts(said, { whole: before, part, delegated })
  const changes = accessDifference(part, wanted)
  const names = nameChanges(account, described, ids)
  const state = { before, described, keepsGroups: wanted.groups.length > said.groups.length }
  if (extent === 'whole') return { ...state, changes, names }
  return {
    ...state,
    changes: changes.filter(({ kind }) => kind === 'group_set'),
    names: { ...names, organizations: [] },
  }
}

/** Law 6: a superuser may be followed by another, not by nobody. */
export function losesSuperuser(
  blueprint: Blueprint,
  { before, changes }: Pick<Outstanding, 'before' | 'changes'>,
  at: number,
): boolean {
  const index = AccountIndex.of(blueprint, before)
  return superuserhood(index.withChanges(changes), at) < superuserhood(index, at)
}

function isNothing({ changes, names: { account, people, organizations } }: Outstanding): boolean {
  return account === undefined && [changes, people, organizations].every((list) => list.length === 0)
}

function leaving({ before, changes }: Outstanding): readonly UserId[] {
  const home = new Set(before.members.flatMap(({ kind, user }) => (kind === 'home' ? [user] : [])))
  return changes.flatMap((change) =>
    change.kind === 'member_removed' && home.has(change.user) ? [change.user] : [],
  )
}

async function write(
  tx: Tx,
  { blueprint, said }: ImportStep,
  { changes, names, described }: Outstanding,
  at: number,
): Promise<void> {
  const { id } = said
  const stories = await storiesOf(tx, changes, at)
  if (names.account !== undefined && described) await updateAccount(tx, id, { name: names.account })
  if (names.people.length > 0) await savePeople(tx, id, names.people)
  // A revision without a change says that something is called otherwise.
  await writeChanges(tx, blueprint, id, changes)
  if (names.organizations.length > 0) await saveOrganizationNames(tx, id, names.organizations)
  for (const story of stories) await describeConnection(tx, story)
}

async function storiesOf(
  tx: Tx,
  changes: readonly AccessChange[],
  at: number,
): Promise<readonly Agreement[]> {
  const stories: Agreement[] = []
  for (const change of changes) {
    if (change.kind !== 'connection_set') continue
    const { connection } = change
    const before = await findConnection(tx, connection.host, connection.id)
    stories.push(connectionStory(connection, before?.agreement, commandLineAuthor, at))
  }
  return stories
}

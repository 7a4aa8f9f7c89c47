import type { AccountId, OrganizationId, UserId } from '@keyholder/core'
import { namesAsOfNow } from '../replica/looked-up-names.ts'
import type { Replica, Unready } from '../replica/replica.ts'
import type { ReplicatedAccount } from '../replica/replicated-account.ts'
import { within } from '../replica/within.ts'
import type { Findings, WhoIsNamed } from './findings.ts'
import { guestsOf } from './guests-of.ts'
import type { NameMemory } from './name-memory.ts'
import type { Need } from './need.ts'
import { formsOf, whoIsNamed, type Candidate } from './who-is-named.ts'

/** Where names are looked up; each call sees everything that was committed before it. */
export interface NameSource {
  accountsNamed(slugs: readonly string[]): Promise<ReadonlyMap<string, AccountId>>
  accountsOfOrganizations(ids: readonly OrganizationId[]): Promise<ReadonlyMap<OrganizationId, AccountId>>
  organizationsNamed(
    account: AccountId,
    keys: readonly string[],
  ): Promise<ReadonlyMap<string, OrganizationId>>
  usersNamed(
    account: AccountId,
    guests: readonly AccountId[],
    names: readonly string[],
  ): Promise<readonly Candidate[]>
  homesOfUsers(users: readonly UserId[]): Promise<ReadonlyMap<UserId, AccountId>>
}

export interface FetchDeps {
  readonly replica: Replica
  readonly names: NameSource
  readonly memory: NameMemory
  /** How long a question waits for names, in milliseconds. */
  readonly answerWithin: number
}

type Of<Kind extends Need['kind']> = Extract<Need, { kind: Kind }>

/** Fetches what a batch of questions needs, each kind in one go; what is not there is noted as absent. */
export async function fetchNeeds(
  deps: FetchDeps,
  findings: Findings,
  needs: readonly Need[],
): Promise<Unready | undefined> {
  const of = <Kind extends Need['kind']>(kind: Kind) =>
    needs.filter((need): need is Of<Kind> => need.kind === kind)

  const [unready] = await Promise.all([
    readyAccounts(deps, findings, of('account')),
    within(
      deps.answerWithin,
      Promise.all([
        findAccountsNamed(deps, findings, of('account_named')),
        findAccountsOfOrganizations(deps, findings, of('account_of_organization')),
        findOrganizations(deps, findings, of('organization_named')),
        findUsers(deps, findings, of('user_named')),
        findHomes(deps, findings, of('home_of_user')),
      ]),
    ),
  ])
  return unready
}

async function readyAccounts(
  { replica }: FetchDeps,
  findings: Findings,
  needs: readonly Of<'account'>[],
): Promise<Unready | undefined> {
  const readied = await Promise.all(
    needs.map(async (need) => ({ need, result: await replica.ready(need.account, need.atLeast) })),
  )
  for (const { need, result } of readied) {
    if (result.ok) continue
    if (result.refusal.code !== 'account_unknown') return result.refusal
    findings.absent(need)
  }
  return undefined
}

async function findAccountsNamed(
  { names, memory }: FetchDeps,
  findings: Findings,
  needs: readonly Of<'account_named'>[],
): Promise<void> {
  if (needs.length === 0) return
  const found = await names.accountsNamed(needs.map(({ slug }) => slug))
  for (const need of needs) {
    const account = found.get(need.slug)
    if (account === undefined) findings.absent(need)
    else {
      memory.slugs.keep(need.slug, account)
      findings.foundAccount(need, account)
    }
  }
}

async function findAccountsOfOrganizations(
  { names, memory }: FetchDeps,
  findings: Findings,
  needs: readonly Of<'account_of_organization'>[],
): Promise<void> {
  if (needs.length === 0) return
  const found = await names.accountsOfOrganizations(needs.map(({ organization }) => organization))
  for (const need of needs) {
    const account = found.get(need.organization)
    if (account === undefined) findings.absent(need)
    else {
      memory.accounts.keep(need.organization, account)
      findings.foundAccount(need, account)
    }
  }
}

async function findOrganizations(
  { names, replica }: FetchDeps,
  findings: Findings,
  needs: readonly Of<'organization_named'>[],
): Promise<void> {
  const lookUp = async (account: AccountId, ofAccount: readonly Of<'organization_named'>[]) => {
    const asOf = namesAsOfNow()
    const entry = replica.view().entry(account)
    const keys = ofAccount.map(({ key }) => key)
    const found = await names.organizationsNamed(account, keys)
    for (const need of ofAccount) {
      const organization = found.get(need.key)
      if (organization === undefined) findings.absent(need)
      else {
        findings.foundOrganization(need, organization)
        if (entry && entry.names.state <= asOf) entry.names.keepOrganization(need.key, organization)
      }
    }
  }
  await eachAccount(needs, lookUp)
}

async function findUsers(
  { names, replica }: FetchDeps,
  findings: Findings,
  needs: readonly Of<'user_named'>[],
): Promise<void> {
  const lookUp = async (account: AccountId, ofAccount: readonly Of<'user_named'>[]) => {
    const asOf = namesAsOfNow()
    const entry = replica.view().entry(account)
    const guests = guestsOf(entry?.index)
    const forms = ofAccount.flatMap(({ name }) => formsOf(name))
    const candidates = await names.usersNamed(account, [...guests], forms)
    for (const need of ofAccount) {
      const who = whoIsNamed(need.name, account, guests, candidates)
      findings.foundUser(need, who)
      if (typeof who !== 'string' && entry) keepWhoIsNamed(replica, entry, need.name, who, asOf)
    }
  }
  await eachAccount(needs, lookUp)
}

/** Keeps a name only where no name has moved since before it was looked up, neither there nor at home. */
function keepWhoIsNamed(
  replica: Replica,
  account: ReplicatedAccount,
  name: string,
  { user, home }: Exclude<WhoIsNamed, string>,
  asOf: number,
): void {
  const homeState = home === account.id ? account.names.state : replica.view().entry(home)?.names.state
  if (homeState === undefined || homeState > asOf || account.names.state > asOf) return
  account.names.keepUser(name, { user, home, homeState })
}

/** Once for each account, side by side. */
async function eachAccount<One extends { readonly account: AccountId }>(
  needs: readonly One[],
  work: (account: AccountId, ofAccount: readonly One[]) => Promise<void>,
): Promise<void> {
  const accounts = [...new Set(needs.map(({ account }) => account))]
  await Promise.all(
    accounts.map((id) =>
      work(
        id,
        needs.filter(({ account }) => account === id),
      ),
    ),
  )
}

async function findHomes(
  { names, memory }: FetchDeps,
  findings: Findings,
  needs: readonly Of<'home_of_user'>[],
): Promise<void> {
  if (needs.length === 0) return
  const found = await names.homesOfUsers(needs.map(({ user }) => user))
  for (const need of needs) {
    const home = found.get(need.user)
    if (home === undefined) findings.absent(need)
    else memory.homes.keep(need.user, home)
  }
}

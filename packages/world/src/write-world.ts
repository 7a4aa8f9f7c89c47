import { Document, parse, type Node } from 'yaml'
import { writeMoment } from './moment.ts'
import { superuserGrants } from './superuser.ts'
import type {
  World,
  WorldAccount,
  WorldConnection,
  WorldGrant,
  WorldQuestion,
  WorldSubject,
} from './world.ts'

/** Writes a world as YAML, which `parseWorld` reads back as the same world. Times are absolute. */
export function writeWorld(world: World): string {
  const document = new Document()
  const line: Line = (value) => document.createNode(value, { flow: true, aliasDuplicateObjects: false })
  const accounts = world.accounts.map((account) => [account.slug, accountInFile(account, line)] as const)
  const file = {
    blueprint: world.blueprintName,
    now: world.now === undefined ? undefined : writeMoment(world.now),
    accounts: Object.fromEntries(accounts),
    questions: filled(world.questions.map((question) => line(questionInFile(question)))),
  }
  document.contents = document.createNode(file, { aliasDuplicateObjects: false })
  return document.toString({ lineWidth: 0, singleQuote: true })
}

/** The same as JSON, which `parseWorld` reads as well. */
export function writeWorldAsJson(world: World): string {
  return JSON.stringify(parse(writeWorld(world)))
}

/** Puts a value on one line. */
type Line = (value: object) => Node

function accountInFile(account: WorldAccount, line: Line): object {
  const superusers = new Set(superuserGrants(account.users, account.grants))
  return {
    name: unlessSame(account.name, account.slug),
    status: unlessSame(account.status, 'active'),
    organizations: byKey(account.organizations, ({ key, name }) => line({ name: unlessSame(name, key) })),
    roles: byKey(account.roles, ({ key, name, permissions, organizations }) => ({
      name: unlessSame(name, key),
      permissions,
      organizations: organizations && line(organizations),
    })),
    users: usersInFile(account, superusers, line),
    external: filledRecord(account.external.map(({ user, status }) => [user, line({ status })])),
    groups: byKey(account.groups, ({ key, name, kind, members }) =>
      line({
        name: unlessSame(name, key),
        kind: unlessSame(kind, 'manual'),
        members: filled(members.map(subjectInFile)),
      }),
    ),
    grants: filled(
      account.grants.filter((grant) => !superusers.has(grant)).map((one) => line(grantInFile(one))),
    ),
    connections: filledRecord(account.connections.map((one) => [one.guest, line(connectionInFile(one))])),
  }
}

function usersInFile(
  { slug, users }: WorldAccount,
  superusers: ReadonlySet<WorldGrant>,
  line: Line,
): object | undefined {
  const keys = new Set([...superusers].map(({ to }) => (to.kind === 'user' ? to.key : '')))
  return byKey(users, ({ key, email, name, status }) =>
    line({
      email: unlessSame(email, `${key}@${slug}.example`),
      name: unlessSame(name, key),
      status: unlessSame(status, 'active'),
      superuser: keys.has(key) || undefined,
    }),
  )
}

function subjectInFile(subject: WorldSubject): string {
  if (subject.kind === 'user') return subject.key
  return subject.kind === 'group' ? `group:${subject.key}` : `connection:${subject.guest}`
}

function grantInFile({ to, role, on, startsAt, endsAt }: WorldGrant): object {
  return { to: subjectInFile(to), role, on, from: moment(startsAt), until: moment(endsAt) }
}

function connectionInFile({ maximum, delegates, status, startsAt, endsAt }: WorldConnection): object {
  return {
    maximum,
    delegates: delegates === 'everyone' ? undefined : `group:${delegates.group}`,
    status,
    from: moment(startsAt),
    until: moment(endsAt),
  }
}

function questionInFile({ who, may, account, organization, owner, expect, why }: WorldQuestion): object {
  return {
    who,
    may,
    in: organization === undefined ? account : `${account}/${organization}`,
    owner,
    expect,
    why,
  }
}

function moment(at: number | undefined): string | undefined {
  return at === undefined ? undefined : writeMoment(at)
}

/** What a file may leave out is left out. */
function unlessSame(value: string, usual: string): string | undefined {
  return value === usual ? undefined : value
}

function filled<Item>(items: readonly Item[]): readonly Item[] | undefined {
  return items.length === 0 ? undefined : items
}

function filledRecord(entries: readonly (readonly [string, Node])[]): object | undefined {
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}

function byKey<Thing extends { readonly key: string }>(
  things: readonly Thing[],
  form: (thing: Thing) => object,
): object | undefined {
  return things.length === 0 ? undefined : Object.fromEntries(things.map((thing) => [thing.key, form(thing)]))
}

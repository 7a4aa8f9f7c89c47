import type { Slot } from '@keyholder/contract'
import type { AccountId, UserId } from '@keyholder/core'
import { worldIds } from '@keyholder/world'

/** Every name by which each kind of thing of an account can be called, its id first. */
type Names = Readonly<Record<Slot, readonly [string, ...string[]]>>

/** An account with one of every object, and the people who try things in it. */
export interface Arena {
  readonly slug: string
  readonly account: AccountId
  readonly superuser: UserId
  readonly names: Names
  /** Something else of each kind, where one request needs two. */
  readonly others: { readonly user: string; readonly role: string; readonly organization: string }
  /** Somebody with one role, bound to one organization. */
  readonly bound: UserId
  /** Somebody from another account, who is an external user here. */
  readonly external: UserId
}

/** The account that is connected to every arena, in both directions, and has nothing to do with the victim. */
export const partner = 'pax'

export function arenaOf(slug: string): Arena {
  const user = (key: string) => worldIds.user(`${slug}-${key}`)
  const names: Names = {
    account: [worldIds.account(slug), slug],
    organization: [worldIds.organization(slug, `${slug}-one`), `${slug}-one`],
    site: [`sit_${slug}`],
    user: [user('uma'), `${slug}-uma@${slug}.example`, `${slug}-uma`],
    role: [worldIds.customRole(slug, `${slug}-keeper`), `${slug}-keeper`],
    group: [worldIds.group(slug, `${slug}-field`), `${slug}-field`],
    member: [user('uma'), `${slug}-uma@${slug}.example`, worldIds.connection(slug, partnerOf(slug))],
    grant: [worldIds.grant(slug, 4)],
    connection: [worldIds.connection(slug, partnerOf(slug))],
    invitation: [`inv_${slug}`],
    key: [`key_${slug}`],
    event: [`evt_${slug}`],
    session: [`ses_${slug}-2`],
    support_access: [`sup_${slug}`],
    access_request: [`arq_${slug}`],
    token: [`mft_${slug}`],
    sso_connection: [`sso_${slug}`],
    domain: [`${slug}.example`],
    identity: [`sid_${slug}`],
  }
  return {
    slug,
    account: worldIds.account(slug),
    superuser: user('ada'),
    names,
    others: {
      user: user('ulf'),
      role: worldIds.customRole(slug, `${slug}-spare`),
      organization: worldIds.organization(slug, `${slug}-two`),
    },
    bound: user('rita'),
    external: worldIds.user(`${partnerOf(slug)}-${slug}`),
  }
}

/** The victim has a partner of its own, so that no way leads from an arena to it. */
export function partnerOf(slug: string): string {
  return slug === victim ? `${victim}-pax` : partner
}

/** The guest of a connection that is paused. */
export function restingOf(slug: string): string {
  return slug === victim ? `${victim}-rest` : 'rest'
}

/** An account that has to do with none of them yet. */
export const newcomer = 'pal'

/** The account that is attacked: its slug is part of every name and id in it, so that a trace of it can be found. */
export const victim = 'bravo'

/** The same name with the victim's slug written otherwise: as long, of the same form, and nobody's. */
export function madeUp(name: string): string {
  return name.replaceAll(victim, 'nowho')
}

/** The account as a world file says it; two of every object, so that lists have a second page. */
export function accountForm(slug: string) {
  const named = (key: string) => `${slug}-${key}`
  return {
    name: `Account ${slug}`,
    organizations: { [named('one')]: { name: named('One') }, [named('two')]: { name: named('Two') } },
    roles: {
      [named('keeper')]: { name: named('Keeper'), permissions: ['asset.view', 'organization.view'] },
      [named('spare')]: { name: named('Spare'), permissions: ['asset.view'] },
      [named('local')]: {
        name: named('Local'),
        permissions: ['asset.view', 'asset.edit'],
        organizations: [named('one')],
      },
    },
    users: {
      [named('ada')]: { name: named('Ada'), superuser: true },
      [named('sue')]: { name: named('Sue'), superuser: true },
      [named('lim')]: { name: named('Lim') },
      [named('uma')]: { name: named('Uma') },
      [named('ulf')]: { name: named('Ulf') },
      [named('rita')]: { name: named('Rita') },
      [named('nora')]: { name: named('Nora') },
    },
    external: { [`${partnerOf(slug)}-${slug}`]: {} },
    groups: {
      [named('field')]: { name: named('Field'), members: [named('ulf'), named('uma')] },
      [named('crew')]: { name: named('Crew'), members: [named('uma')] },
      [named('sso')]: { name: named('Sso'), kind: 'sso', members: [] },
    },
    grants: [
      { to: named('lim'), role: 'administrator' },
      { to: named('uma'), role: named('keeper') },
      { to: named('rita'), role: named('local'), on: named('one') },
      { to: `${partnerOf(slug)}-${slug}`, role: 'viewer', on: named('one') },
      { to: `group:${named('field')}`, role: 'viewer', on: named('two') },
      { to: `connection:${partnerOf(slug)}`, role: 'viewer', on: named('one') },
      { to: named('uma'), role: 'viewer', on: named('one') },
    ],
    connections: {
      [partnerOf(slug)]: { maximum: 'user', until: '2099-01-01T00:00:00Z' },
      [restingOf(slug)]: { maximum: 'user', status: 'paused' },
    },
  }
}

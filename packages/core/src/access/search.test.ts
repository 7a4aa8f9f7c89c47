import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AccountId, OrganizationId, UserId } from '../id.ts'
import { arbitraryQuestion, arbitraryWorld, everybody } from '../testing/arbitrary-world.ts'
import { cases, patience } from '../testing/cases.ts'
import { smallBlueprint } from '../testing/small-blueprint.ts'
import { worldOf } from '../testing/world-of.ts'
import { directoryOf } from './directory-of.ts'
import { modelAllows } from './model.ts'
import { searchActions, searchOrganizations, searchSubjects, type Page } from './search.ts'

const questions = fc.array(arbitraryQuestion(), { minLength: 3, maxLength: 3 })

describe('law 8: search agrees with check', () => {
  test('about who', patience, () => {
    fc.assert(
      fc.property(arbitraryWorld(), questions, (facts, asked) => {
        const directory = directoryOf(facts)
        for (const question of asked) {
          const allowed = everybody.filter((user) => modelAllows(facts, { ...question, user }))
          expect(searchSubjects(directory, question)).toEqual(allowed.toSorted())
        }
      }),
      cases(3),
    )
  })

  test('about where', patience, () => {
    fc.assert(
      fc.property(arbitraryWorld(), questions, (facts, asked) => {
        const directory = directoryOf(facts)
        for (const question of asked) {
          const { organizations } = facts.accounts.get(question.account)!
          const allowed = organizations.filter((organization) =>
            modelAllows(facts, { ...question, organization }),
          )
          expect(searchOrganizations(directory, question)).toEqual(allowed.toSorted())
        }
      }),
      cases(3),
    )
  })

  test('about what', patience, () => {
    fc.assert(
      fc.property(arbitraryWorld(), questions, (facts, asked) => {
        const directory = directoryOf(facts)
        for (const question of asked) {
          const keys = facts.blueprint.permissions.map(({ key }) => key)
          const allowed = keys.filter((permission) => modelAllows(facts, { ...question, permission }))
          expect(searchActions(directory, question)).toEqual(allowed)
        }
      }),
      cases(3),
    )
  })
})

describe('a page of a search', () => {
  const facts = worldOf(smallBlueprint, {
    acme: {
      organizations: ['oslo', 'rome', 'lima'],
      users: ['cleo', 'ann', 'bob'],
      connections: { globex: { maximum: 'reader' } },
      grants: [
        { to: 'ann', role: 'reader' },
        { to: 'bob', role: 'reader', on: 'rome' },
        { to: 'cleo', role: 'reader' },
        { to: 'connection:globex' },
      ],
    },
    globex: { users: ['dan', 'abe'], external: ['ann'], grants: [{ to: 'dan', role: 'editor' }] },
  })
  const directory = directoryOf(facts)
  const asked = { permission: 'ticket.view', account: 'acme' as AccountId, at: 0 }
  const inRome = { ...asked, organization: 'rome' as OrganizationId }

  test('names members and delegates in the order of their ids', () => {
    expect(searchSubjects(directory, inRome)).toEqual(['ann', 'bob', 'cleo', 'dan'])
    expect(searchSubjects(directory, asked)).toEqual(['ann', 'cleo', 'dan'])
  })

  test('is in the order of ids whether or not others are let in, and where a guest cannot be seen', () => {
    const order = (acme: object) =>
      searchSubjects(
        directoryOf(
          worldOf(smallBlueprint, {
            acme: {
              users: ['bob', 'ann'],
              grants: [
                { to: 'ann', role: 'reader' },
                { to: 'bob', role: 'reader' },
              ],
              ...acme,
            },
            globex: { users: ['abe'], grants: [{ to: 'abe', role: 'reader' }] },
          }),
        ),
        asked,
      )
    const open = [{ to: 'connection:globex' }, { to: 'bob', role: 'reader' }, { to: 'ann', role: 'reader' }]

    expect(order({})).toEqual(['ann', 'bob'])
    expect(order({ connections: { unseen: { maximum: 'reader' } } })).toEqual(['ann', 'bob'])
    expect(order({ connections: { globex: { maximum: 'reader' } }, grants: open })).toEqual([
      'abe',
      'ann',
      'bob',
    ])
  })

  test.each([
    [{ limit: 2 }, ['ann', 'bob']],
    [{ after: 'bob', limit: 1 }, ['cleo']],
    [{ after: 'bo' }, ['bob', 'cleo', 'dan']],
    [{ after: 'dan' }, []],
    [{ limit: 0 }, []],
  ])('%j is %j', (page, found) => {
    expect(searchSubjects(directory, inRome, page as Page<UserId>)).toEqual(found)
  })

  test('names organizations in the order of their ids, and never one that is gone', () => {
    const index = directory.account('acme' as AccountId)!
    const changed = {
      ...directory,
      account: () => index.withChanges([{ kind: 'organization_removed', id: 'oslo' as OrganizationId }]),
    }
    const who = { ...asked, user: 'ann' as UserId }

    expect(searchOrganizations(directory, who)).toEqual(['lima', 'oslo', 'rome'])
    expect(searchOrganizations(directory, who, { after: 'lima' as OrganizationId, limit: 1 })).toEqual([
      'oslo',
    ])
    expect(searchOrganizations(changed, who)).toEqual(['lima', 'rome'])
    expect(searchOrganizations(directory, { ...who, user: 'bob' as UserId })).toEqual(['rome'])
  })

  test('names actions in the order of the blueprint, of one resource or of all', () => {
    const who = { ...inRome, user: 'ann' as UserId }

    expect(searchActions(directory, who)).toEqual(['ticket.view', 'asset.view'])
    expect(searchActions(directory, who, 'asset')).toEqual(['asset.view'])
  })

  test('is empty where the account or the person is unknown', () => {
    const nowhere = { ...asked, account: 'nowhere' as AccountId }

    expect(searchSubjects(directory, nowhere)).toEqual([])
    expect(searchOrganizations(directory, { ...nowhere, user: 'ann' as UserId })).toEqual([])
    expect(searchOrganizations(directory, { ...asked, user: 'zoe' as UserId })).toEqual([])
    expect(searchActions(directory, { ...inRome, user: 'zoe' as UserId })).toEqual([])
  })
})

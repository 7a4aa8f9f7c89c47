import { describe, expect, test } from 'vitest'
import type { GroupId } from '../id.ts'
import { groupsByRules, type AttributeRule } from './groups-by-rules.ts'
import { readClaims } from './read-claims.ts'

const admins = 'grp_admins' as GroupId
const staff = 'grp_staff' as GroupId

const contains = (value: string, group = admins): AttributeRule => ({
  attribute: 'groups',
  comparison: 'contains_value',
  value,
  group,
})
const equals = (value: string): AttributeRule =>
  ({ ...contains(value), comparison: 'equals' }) as AttributeRule
const exists: AttributeRule = { attribute: 'groups', comparison: 'exists', group: admins }

const groups = (rules: readonly AttributeRule[], claims: Record<string, unknown>) =>
  groupsByRules(rules, readClaims(claims))

describe('somebody who signs in is put into the group of a rule', () => {
  test.each([
    { why: 'the one value is the wanted one', rule: contains('ops'), claim: 'ops' },
    { why: 'one of the values is the wanted one', rule: contains('ops'), claim: ['dev', 'ops'] },
    { why: 'the wanted value comes twice', rule: contains('ops'), claim: ['ops', 'ops'] },
    { why: 'the name with a comma in it is wanted', rule: contains('a,b'), claim: ['a,b'] },
    { why: 'the only value equals the wanted one', rule: equals('ops'), claim: ['ops'] },
    { why: 'the only value, sent twice, equals the wanted one', rule: equals('ops'), claim: ['ops', 'ops'] },
    { why: 'any value will do', rule: exists, claim: ['whatever'] },
    { why: 'it is the 300th of their groups', rule: contains('g299'), claim: listOf(300) },
    { why: 'a name is a property of every object', rule: contains('__proto__'), claim: ['__proto__'] },
  ])('when $why', ({ rule, claim }) => {
    expect(groups([rule], { groups: claim })).toEqual([admins])
  })

  test('once, where several rules say so, and in the order of the rules', () => {
    const rules = [contains('b', staff), contains('a'), contains('b'), contains('c', staff)]

    expect(groups(rules, { groups: ['a', 'b', 'c'] })).toEqual([staff, admins])
  })
})

describe('somebody who signs in gets no group', () => {
  test.each([
    { why: 'the claim is missing', claims: {} },
    { why: 'the claim is null', claims: { groups: null } },
    { why: 'the claim is empty', claims: { groups: [] } },
    { why: 'the claim is an empty text', claims: { groups: '' } },
    { why: 'the claim is an object', claims: { groups: { ops: true, length: 1, 0: 'ops' } } },
    { why: 'the claim is true', claims: { groups: true } },
    { why: 'the claim is a number', claims: { groups: 7 } },
    { why: 'one of the values is no text', claims: { groups: ['ops', 7] } },
    { why: 'one of the values is a list', claims: { groups: ['ops', ['ops']] } },
    { why: 'one of the values is longer than any name', claims: { groups: ['ops', 'x'.repeat(1_025)] } },
    { why: 'there are more values than anybody has', claims: { groups: ['ops', ...listOf(1_000)] } },
    { why: 'the provider keeps the list elsewhere', claims: overage(['ops']) },
    { why: 'where the list stands cannot be read', claims: { groups: ['ops'], _claim_names: 'groups' } },
    { why: 'there are too many groups to list', claims: { groups: ['ops'], hasgroups: true } },
    { why: 'the claim only differs in case', claims: { Groups: ['ops'] } },
  ])('when $why', ({ claims }) => {
    expect(groups([contains('ops'), equals('ops'), exists], claims)).toEqual([])
  })

  test.each([
    { why: 'the value differs in case', rule: contains('ops'), claim: ['Ops'] },
    { why: 'the value has a space at its end', rule: contains('ops'), claim: ['ops '] },
    { why: 'the wanted value is a part of the name', rule: contains('ops'), claim: ['ops-readonly'] },
    { why: 'the wanted value is a part between commas', rule: contains('ops'), claim: 'ops,dev' },
    {
      why: 'the wanted name has a comma, and the values are its parts',
      rule: contains('a,b'),
      claim: ['a', 'b'],
    },
    { why: 'the group was renamed', rule: contains('ops'), claim: ['operations'] },
    { why: 'there is another value beside the one to equal', rule: equals('ops'), claim: ['ops', 'dev'] },
    { why: 'the same letters are composed differently', rule: contains('caf\u00e9'), claim: ['cafe\u0301'] },
  ])('when $why', ({ rule, claim }) => {
    expect(groups([rule], { groups: claim })).toEqual([])
  })
})

test('one claim that cannot be read takes nothing from the others', () => {
  const rules = [
    contains('ops'),
    { attribute: 'team', comparison: 'equals', value: 'a', group: staff },
  ] as const

  expect(groups(rules, { groups: 7, team: 'a' })).toEqual([staff])
})

function listOf(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `g${i}`)
}

function overage(groups: string[]) {
  return {
    groups,
    _claim_names: { groups: 'src1' },
    _claim_sources: { src1: { endpoint: 'https://graph.test/me/getMemberObjects' } },
  }
}

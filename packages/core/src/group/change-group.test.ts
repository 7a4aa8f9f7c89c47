import { describe, expect, test } from 'vitest'
import type { GroupId } from '../id.ts'
import { createGroup, renameGroup } from './change-group.ts'

const field = { id: 'grp_1' as GroupId, key: 'field', name: 'Field', kind: 'manual' } as const
const night = { id: 'grp_2' as GroupId, key: 'night', name: 'Night shift', kind: 'sso' } as const

describe('a group', () => {
  test('is made empty', () => {
    expect(createGroup(night, [field])).toEqual({ ok: true, value: [{ kind: 'group_set', group: night }] })
  })

  test.each([
    ['the name of another', { name: 'FIELD ' }, { code: 'group_name_taken', group: field.id }],
    ['the key of another', { key: 'Field' }, { code: 'group_name_taken', group: field.id }],
    ['no name', { name: '\u200b' }, { code: 'group_name_malformed' }],
  ])('is refused with %s', (_, change, refusal) => {
    expect(createGroup({ ...night, ...change }, [field])).toEqual({ ok: false, refusal })
  })

  test('is renamed and stays what it was', () => {
    expect(renameGroup(night, 'field', [field, night])).toMatchObject({
      refusal: { code: 'group_name_taken' },
    })
    expect(renameGroup(night, 'night shift', [field, night])).toEqual({
      ok: true,
      value: [{ kind: 'group_set', group: { ...night, name: 'night shift' } }],
    })
  })
})

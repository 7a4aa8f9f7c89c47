import { describe, expect, test } from 'vitest'
import { readInvitees } from './read-invitees.ts'

const addresses = (text: string) => {
  const read = readInvitees(text)
  return read.ok ? read.value.map(({ email }) => email) : read.refusal
}

describe('a pasted list', () => {
  test.each([
    ['one a line', 'ann@x.test\nbob@x.test\r\n\n carl@x.test '],
    ['commas', 'ann@x.test, bob@x.test,carl@x.test,'],
    ['semicolons', 'ann@x.test;bob@x.test; carl@x.test'],
    ['spaces and tabs', 'ann@x.test bob@x.test\tcarl@x.test'],
    ['a mail program', 'Ann Lee <ann@x.test>, "Bo, b" <bob@x.test>; <carl@x.test>'],
  ])('may have %s between addresses', (_, text) => {
    expect(addresses(text)).toEqual(['ann@x.test', 'bob@x.test', 'carl@x.test'])
  })

  test('tells the line of each address', () => {
    expect(readInvitees('ann@x.test, bob@x.test\n\ncarl@x.test')).toMatchObject({
      value: [{ line: 1 }, { line: 1 }, { line: 3 }],
    })
  })

  test.each(['', ' \n\t', ',;,'])('with nobody in it is refused: %j', (text) => {
    expect(addresses(text)).toEqual({ code: 'invitation_list_unreadable', line: 1, reason: 'empty' })
  })

  test('of more than 500 is refused at the first that is too many', () => {
    const list = Array.from({ length: 501 }, (_, i) => `p${i}@x.test`)

    expect(addresses(list.slice(1).join('\n'))).toHaveLength(500)
    expect(addresses(list.join('\n'))).toMatchObject({ line: 501, reason: 'too_long' })
  })
})

describe('CSV', () => {
  test('says for each person which role, place and groups they get', () => {
    const text = [
      'Email,role,organization,organization_role,groups',
      'ann@x.test,viewer,rome,editor,"field; night"',
      '"bob@x.test",,,,',
    ].join('\r\n')

    expect(readInvitees(text)).toEqual({
      ok: true,
      value: [
        {
          line: 2,
          email: 'ann@x.test',
          role: 'viewer',
          organization: 'rome',
          organizationRole: 'editor',
          groups: ['field', 'night'],
        },
        { line: 3, email: 'bob@x.test' },
      ],
    })
  })

  test.each([
    ['semicolons', 'role;email\nviewer;ann@x.test'],
    ['tabs', 'role\temail\nviewer\tann@x.test\n'],
    ['a mark of its encoding', '\uFEFFemail,role\nann@x.test,viewer'],
    ['quotes and a line break in a field', 'email,role,groups\nann@x.test,viewer,"a\n""b"""'],
  ])('may come with %s', (_, text) => {
    expect(readInvitees(text)).toMatchObject({ value: [{ line: 2, email: 'ann@x.test', role: 'viewer' }] })
  })

  test.each([
    ['email,rolle\nann@x.test,viewer', { line: 1, reason: 'unknown_column', column: 'rolle' }],
    ['email\n"ann@x.test', { line: 2, reason: 'quote_not_closed' }],
    ['email\nann@x.test,viewer', { line: 2, reason: 'too_many_fields' }],
    ['email,organization\nann@x.test,rome', { line: 2, reason: 'organization_without_role' }],
    ['email\n', { line: 1, reason: 'empty' }],
  ])('that cannot be read is refused with its line: %j', (text, fault) => {
    expect(readInvitees(text)).toEqual({
      ok: false,
      refusal: expect.objectContaining({ code: 'invitation_list_unreadable', ...fault }) as unknown,
    })
  })

  test('without an address in a line leaves it to whoever checks addresses', () => {
    expect(readInvitees('email,role\n,viewer')).toMatchObject({ value: [{ line: 2, email: '' }] })
  })
})

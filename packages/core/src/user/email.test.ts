import { describe, expect, test } from 'vitest'
import { normaliseEmail } from './email.ts'

const normal = (input: string) => normaliseEmail(input)

describe('the normal form of an e-mail address', () => {
  test.each([
    ['bob@x.test', 'bob@x.test'],
    ['  BOB@X.Test \n', 'bob@x.test'],
    ['ｂｏｂ＠x.test', 'bob@x.test'],
    ['bob+1@x.test', 'bob+1@x.test'],
    ["o'hara.bob@mail.x.test", "o'hara.bob@mail.x.test"],
    ['jürgen@bücher.example', 'jürgen@bücher.example'],
    ['ju\u0308rgen@x.test', 'jürgen@x.test'],
  ])('of %j is %s', (input, expected) => {
    expect(normal(input)).toEqual({ ok: true, value: expected })
  })

  test('of a normal form is itself', () => {
    const once = normal('İSTANBUL@x.test')
    if (!once.ok) throw new Error('expected an address')

    expect(normal(once.value)).toEqual(once)
  })

  test.each([
    ['bob@x.test', 'bоb@x.test'],
    ['bob@x.test', 'bob+1@x.test'],
    ['bob@x.test', 'b.ob@x.test'],
    ['bob@apple.test', 'bob@аpple.test'],
  ])('keeps %s and %s apart', (a, b) => {
    expect(normal(a)).toMatchObject({ ok: true })
    expect(normal(b)).toMatchObject({ ok: true })
    expect(normal(a)).not.toEqual(normal(b))
  })
})

describe('what is not one address', () => {
  test.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['bob@x.test\0', 'control_character'],
    ['bob@x.test\r\nBcc: m@m.test', 'control_character'],
    ['b\u200bob@x.test', 'control_character'],
    ['\u202ebob@x.test', 'control_character'],
    ['bob', 'not_one_address'],
    ['bob@x.test,m@m.test', 'not_one_address'],
    ['bob@m.test@x.test', 'not_one_address'],
    ['bob x@x.test', 'local_part'],
    ['"bob"@x.test', 'local_part'],
    ['.bob@x.test', 'local_part'],
    ['bob.@x.test', 'local_part'],
    ['a,bob@x.test', 'local_part'],
    ['<bob@x.test>', 'local_part'],
    [`${'b'.repeat(65)}@x.test`, 'local_part'],
    ['@x.test', 'local_part'],
    ['bob@x.test.', 'domain'],
    ['bob@x.test;', 'domain'],
    ['bob@x..test', 'domain'],
    ['bob@-x.test', 'domain'],
    ['bob@x_y.test', 'domain'],
    ['bob@[127.0.0.1]', 'domain'],
    ['bob@localhost', 'domain'],
    ['bob@x。test', 'domain'],
    ['bob@', 'domain'],
    [`bob@${'x.'.repeat(126)}test`, 'too_long'],
  ])('%j is refused for its %s', (input, reason) => {
    expect(normal(input)).toEqual({ ok: false, refusal: { code: 'email_malformed', reason } })
  })
})

import { describe, expect, test } from 'vitest'
import { canonicalName, skeleton } from './canonical-name.ts'

describe('names are compared in one form', () => {
  test.each([
    ['Owner', 'owner '],
    ['OWNER', 'Ｏｗｎｅｒ'],
    ['Straße', 'STRASSE'],
    ['Level  1', '\tlevel 1'],
    ['Ünit', 'U\u0308nit'],
  ])('%j is %j', (a, b) => {
    expect(canonicalName(a)).toBe(canonicalName(b))
  })

  test.each([
    ['Owner', 'Owners'],
    ['Level 1', 'Level1'],
    ['Owner', 'Οwner'],
  ])('%j is not %j', (a, b) => {
    expect(canonicalName(a)).not.toBe(canonicalName(b))
  })
})

describe('a name that can be read as another looks like it', () => {
  test.each([
    ['ΟWNER', 'with a Greek letter'],
    ['оwnеr', 'with Cyrillic letters'],
    ['0wner', 'with a digit'],
    ['%6fwner', 'with an encoded letter'],
    ['ow\u200bner', 'with an invisible character'],
    ['ówner', 'with a mark'],
    ['o-w_n er', 'with separators'],
  ])('%s, %s', (name) => {
    expect(skeleton(name)).toBe(skeleton('Owner'))
  })

  test.each([
    ['Greek', 'αβεζηικμνορτυχγ', 'abezhikmvoptuxy'],
    ['Cyrillic', 'авсԁеёнһіїјкӏмпорԛгѕтѵԝхуү', 'abcdeehhiijklmnopqrstvwxyy'],
    ['Latin', 'ıɑɡℓ', 'iagl'],
    ['figures and signs', '0135|@$', 'oleslas'],
  ])('letter by letter, of %s', (_, imitation, honest) => {
    expect(skeleton(imitation)).toBe(skeleton(honest))
  })

  test('a small L is taken for a capital I', () => {
    expect(skeleton('Adm1n')).toBe(skeleton('Admin'))
    expect(skeleton('Admn')).not.toBe(skeleton('Admin'))
  })

  test.each(['Owners', 'Downer', '100%', 'Viewer'])('and %s does not look like Owner', (name) => {
    expect(skeleton(name)).not.toBe(skeleton('Owner'))
  })
})

import { describe, expect, test } from 'vitest'
import { composeLetter } from '../letter/compose-letter.ts'
import { letterAsText } from '../letter/letter-as-text.ts'
import { everyMessage } from '../messages.fixture.ts'
import { en } from './en.ts'
import { textsIn, translations, type Texts } from './texts.ts'

type Tree = { readonly [name: string]: string | Tree }

/** Every text with the path to it. */
function flat(tree: Tree, path = ''): readonly (readonly [path: string, text: string])[] {
  return Object.entries(tree).flatMap(([name, text]) =>
    typeof text === 'string' ? [[`${path}${name}`, text] as const] : flat(text, `${path}${name}.`),
  )
}

const slotsOf = (text: string) =>
  [...new Set([...text.matchAll(/\{\w+\}/g)].map(([slot]) => slot))].toSorted()
/** The forms of one text for different numbers count as one. */
const withoutForm = (path: string) => path.replace(/\.(zero|one|two|few|many|other)$/, '.*')
const slots = (tree: Tree) =>
  new Map(flat(tree).map(([path, text]) => [withoutForm(path), slotsOf(text).join()]))

describe.each(Object.entries(translations))('the texts in %s', (language, texts) => {
  test('are those of English, with the same slots', () => {
    expect(Object.fromEntries(slots(texts))).toEqual(Object.fromEntries(slots(en)))
  })

  test('are all there, and none is left in English', () => {
    const empty = flat(texts).filter(([, text]) => text.trim() === '')
    const untranslated = flat(texts).filter(
      ([path, text]) =>
        language !== 'en' && text.replace(/\{\w+\}/g, '').length > 15 && text === new Map(flat(en)).get(path),
    )

    expect([empty, untranslated]).toEqual([[], []])
  })

  test('have a form for each kind of number that the language knows', () => {
    const forms = Object.keys(texts.recoveryCodeUsed.remaining).toSorted()

    expect(forms).toEqual(new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted())
  })
})

test('every text is used in some mail, and every slot of it is filled', () => {
  const used = new Set<string>()
  const texts = watched(textsIn('en'), used) as Texts
  for (const message of everyMessage('en')) {
    letterAsText(
      composeLetter(message, texts, { publicUrl: 'https://access.example.com', product: 'Keyholder' }),
      texts,
      texts.sentBy,
    )
  }
  const onlyInHtml = ['buttonFails']

  expect(
    flat(en)
      .map(([path]) => path)
      .filter((path) => !used.has(path)),
  ).toEqual(onlyInHtml)
})

/** The same texts, noting which of them are read. */
function watched(tree: Tree, used: Set<string>, path = ''): Tree {
  return new Proxy(tree, {
    get: (target, name: string) => {
      const text = target[name]
      if (typeof text === 'object') return watched(text, used, `${path}${name}.`)
      used.add(`${path}${name}`)
      return text
    },
  })
}

import { describe, expect, test } from 'vitest'
import { checkXml, type XmlLimits } from './strict-xml.ts'

const limits: XmlLimits = { characters: 10_000, depth: 4, elements: 20, comments: false }

describe('a text is taken for XML', () => {
  test.each([
    '<a/>',
    '<a></a>',
    '<a b="c" d=\'e\'/>',
    '<p:a xmlns:p="urn:x"><p:b/></p:a >',
    '<a\n b = "c"\n/>',
    '\n<a>text &amp; &lt;more&gt; &#169; &#x1F600;</a>\n',
    '<a b="1 > 0"/>',
    '<?xml version="1.0"?><a/>',
    "<?xml version='1.0' encoding='utf-8' standalone='yes' ?>\n<a/>",
    '<a><b><c><d/></c></b></a>',
    '<a>Ω安</a>',
  ])('%s', (text) => {
    expect(checkXml(text, limits)).toEqual({ ok: true, value: undefined })
  })
})

describe('a text is refused as XML', () => {
  test.each([
    ['', 'not_one_root'],
    ['  ', 'not_one_root'],
    ['text', 'not_well_formed'],
    ['<a>', 'not_well_formed'],
    ['<a/>text', 'not_well_formed'],
    ['text<a/>', 'not_well_formed'],
    ['<a/><b/>', 'not_one_root'],
    ['<a></a></a>', 'not_well_formed'],
    ['<a></b>', 'not_well_formed'],
    ['<a></A>', 'not_well_formed'],
    ['<a></a b>', 'not_well_formed'],
    ['<a><b></a></b>', 'not_well_formed'],
    ['<a b=c/>', 'not_well_formed'],
    ['<a b/>', 'not_well_formed'],
    ['<a b="c"d="e"/>', 'not_well_formed'],
    ['<a b="c/>', 'not_well_formed'],
    ['<a b="<"/>', 'not_well_formed'],
    ['< a/>', 'not_well_formed'],
    ['<1a/>', 'not_well_formed'],
    ['<a:b:c/>', 'not_well_formed'],
    ['<ä/>', 'not_well_formed'],
    ['<a><', 'not_well_formed'],
    ['<a>&</a>', 'entity'],
    ['<a>&nbsp;</a>', 'entity'],
    ['<a>&#0;</a>', 'entity'],
    ['<a>&#xD800;</a>', 'entity'],
    ['<a>&#x110000;</a>', 'entity'],
    ['<a>&#99999999;</a>', 'entity'],
    ['<a b="&x;"/>', 'entity'],
    ['<a b="&amp"/>', 'entity'],
    ['<a>\u0000</a>', 'character'],
    ['<a>\u001b</a>', 'character'],
    ['<a b="\u0007"/>', 'character'],
    ['<a>]]></a>', 'character'],
    ['<!DOCTYPE a><a/>', 'document_type'],
    ['<!doctype a []><a/>', 'document_type'],
    ['<a><!ENTITY b "c"></a>', 'document_type'],
    ['<a><!-- b --></a>', 'comment'],
    ['<!----><a/>', 'comment'],
    ['<a><![CDATA[b]]></a>', 'character_data_section'],
    ['<a><?b c?></a>', 'processing_instruction'],
    [' <?xml version="1.0"?><a/>', 'processing_instruction'],
    ['<?xml version="1.1"?><a/>', 'processing_instruction'],
    ['<a><b><c><d><e/></d></c></b></a>'.replace('<e/>', '<e></e>'), 'too_deep'],
    [`<a>${'<b/>'.repeat(20)}</a>`, 'too_many_elements'],
    [`<a>${'b'.repeat(10_000)}</a>`, 'too_large'],
  ])('%j: %s', (text, fault) => {
    expect(checkXml(text, limits)).toEqual({ ok: false, refusal: fault })
  })
})

describe('where comments are allowed', () => {
  test.each(['<!-- a --><b/>', '<a><!-- <b> & - --></a>', '<a/><!---->'])('%s is XML', (text) => {
    expect(checkXml(text, { ...limits, comments: true }).ok).toBe(true)
  })

  test.each(['<a><!-- b', '<a><!-- -- --></a>', '<a><!--></a>'])('%s is not', (text) => {
    expect(checkXml(text, { ...limits, comments: true })).toEqual({ ok: false, refusal: 'comment' })
  })
})

test.each([
  { what: 'blanks in a tag', text: `<a${' '.repeat(400_000)}` },
  { what: 'attributes', text: `<a${' b="c"'.repeat(60_000)}` },
  { what: 'a name', text: `<${'a'.repeat(400_000)}` },
  { what: 'ampersands', text: `<a>${'&'.repeat(400_000)}` },
  { what: 'dashes of a comment', text: `<a><!--${'-'.repeat(400_000)}` },
  { what: 'starts of tags', text: '<'.repeat(400_000) },
])('a great many $what are looked at once', ({ text }) => {
  const wide = { characters: 500_000, depth: 1_000_000, elements: 1_000_000, comments: true }

  expect(checkXml(text, wide).ok).toBe(false)
})

import { refuse, succeed, type Result } from '@keyholder/core'

/** Why a text is not taken for XML. */
export type XmlFault =
  | 'too_large'
  | 'document_type'
  | 'comment'
  | 'character_data_section'
  | 'processing_instruction'
  | 'entity'
  | 'character'
  | 'not_well_formed'
  | 'not_one_root'
  | 'too_deep'
  | 'too_many_elements'

export interface XmlLimits {
  readonly characters: number
  readonly depth: number
  readonly elements: number
  /** People write comments into metadata; nobody has a reason to put one into a signed answer. */
  readonly comments: boolean
}

/** Of attributes and namespaces in one tag, which canonical forms sort and compare. */
const LONGEST_TAG = 16_384

const name = '[A-Za-z_][A-Za-z0-9_.-]*(?::[A-Za-z_][A-Za-z0-9_.-]*)?'
const space = '[ \\t\\r\\n]'
const attribute = `${space}+${name}${space}*=${space}*(?:"[^"<]*"|'[^'<]*')`
const tag = new RegExp(`<(?:/(${name})${space}*|(${name})((?:${attribute})*)${space}*(/?))>`, 'y')
const comment = /<!--(?:-?[^-])*-->/y
const declaration =
  /^<\?xml version=["']1\.0["'](?: encoding=["'][A-Za-z0-9._-]{1,40}["'])?(?: standalone=["'](?:yes|no)["'])? ?\?>/

type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'comment' }
  | { readonly kind: 'start'; readonly name: string; readonly attributes: string; readonly isEmpty: boolean }
  | { readonly kind: 'end'; readonly name: string }

/** Where one is in a document: the names of the elements that are open, and how many there were. */
interface Place {
  readonly open: string[]
  elements: number
  roots: number
}

/**
 * Holds a text against a strict part of XML 1.0, before any parser sees it.
 *
 * The parser that signature checks are made with forgives a lot: an element that is never closed, an end tag of
 * another name, an attribute without quotes. What is forgiven is read differently by somebody else, so none of it
 * gets that far; nor do document types, entities, comments, sections of character data and processing instructions.
 */
export function checkXml(text: string, limits: XmlLimits): Result<undefined, XmlFault> {
  if (text.length > limits.characters) return refuse('too_large')

  const place: Place = { open: [], elements: 0, roots: 0 }
  let at = declaration.exec(text)?.[0].length ?? 0
  while (at < text.length) {
    const found = pieceAt(text, at, limits)
    if (typeof found === 'string') return refuse(found)
    const fault = take(found.piece, place, limits)
    if (fault !== undefined) return refuse(fault)
    at = found.end
  }
  if (place.open.length > 0) return refuse('not_well_formed')
  return place.roots === 1 ? succeed(undefined) : refuse('not_one_root')
}

function pieceAt(
  text: string,
  at: number,
  limits: XmlLimits,
): { readonly piece: Piece; readonly end: number } | XmlFault {
  if (text[at] !== '<') {
    const next = text.indexOf('<', at)
    const end = next === -1 ? text.length : next
    return { piece: { kind: 'text', text: text.slice(at, end) }, end }
  }
  const skipped = limits.comments ? lengthOfComment(text, at) : 0
  if (skipped > 0) return { piece: { kind: 'comment' }, end: at + skipped }

  tag.lastIndex = at
  const found = tag.exec(text)
  if (found === null) return nameOfFault(text, at)
  const [whole, closes, opens, attributes = '', isEmpty] = found
  const piece: Piece =
    opens === undefined
      ? { kind: 'end', name: closes ?? '' }
      : { kind: 'start', name: opens, attributes, isEmpty: isEmpty === '/' }
  return { piece, end: at + whole.length }
}

/** Moves on by one piece, or says why it may not stand here. */
function take(piece: Piece, place: Place, limits: XmlLimits): XmlFault | undefined {
  switch (piece.kind) {
    case 'comment':
      return undefined
    case 'text':
      if (place.open.length === 0 && !/^[ \t\r\n]*$/.test(piece.text)) return 'not_well_formed'
      return faultOfText(piece.text)
    case 'end':
      return place.open.pop() === piece.name ? undefined : 'not_well_formed'
    case 'start':
      if (place.open.length === 0) place.roots += 1
      if (place.roots > 1) return 'not_one_root'
      place.elements += 1
      if (place.elements > limits.elements) return 'too_many_elements'
      if (piece.attributes.length > LONGEST_TAG) return 'too_large'
      if (!piece.isEmpty) place.open.push(piece.name)
      return place.open.length > limits.depth ? 'too_deep' : faultOfText(piece.attributes)
  }
}

/** Characters that XML does not know, written as they are or by number, and references to anything but the five. */
function faultOfText(text: string): XmlFault | undefined {
  // oxlint-disable-next-line no-control-regex -- these are the characters that XML leaves out
  if (/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\]\]>/.test(text)) return 'character'
  for (const [reference] of text.matchAll(/&[^;&]{0,12};?/g)) {
    if (!isReference(reference)) return 'entity'
  }
  return undefined
}

function isReference(reference: string): boolean {
  if (/^&(?:amp|lt|gt|quot|apos);$/.test(reference)) return true
  const number = /^&#(?:x([0-9A-Fa-f]{1,6})|([0-9]{1,7}));$/.exec(reference)
  if (number === null) return false
  const code = number[1] === undefined ? Number(number[2]) : Number.parseInt(number[1], 16)
  return (
    [0x9, 0xa, 0xd].includes(code) ||
    (code >= 0x20 && code < 0xd800) ||
    (code >= 0xe000 && code < 0xfffe) ||
    (code >= 0x10000 && code <= 0x10ffff)
  )
}

function lengthOfComment(text: string, at: number): number {
  comment.lastIndex = at
  return comment.exec(text)?.[0].length ?? 0
}

function nameOfFault(text: string, at: number): XmlFault {
  if (text.startsWith('<!--', at)) return 'comment'
  if (text.startsWith('<![CDATA[', at)) return 'character_data_section'
  if (text.startsWith('<!', at)) return 'document_type'
  if (text.startsWith('<?', at)) return 'processing_instruction'
  return 'not_well_formed'
}

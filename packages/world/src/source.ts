import { refuse, succeed, type Result } from '@keyholder/core'
import { Composer, isAlias, isMap, isScalar, isSeq, LineCounter, Parser } from 'yaml'
import type { CST, Document, Node, ParsedNode } from 'yaml'
import { faultLimit, type Fault, type FaultCode, type Path, type PathFault } from './fault.ts'

/** A YAML or JSON text that was read: its plain value, and where each part of it stands. */
export interface Source {
  readonly value: unknown
  /** Gives faults their place in the file, in reading order. */
  place(faults: readonly PathFault[]): readonly Fault[]
}

const sizeLimit = 16 * 1024 * 1024
const depthLimit = 64
const aliasLimit = 100

/**
 * Reads one YAML or JSON document.
 *
 * Refused: more than 16 MiB, more than 64 levels, aliases that unfold into much more than was written, keys given
 * twice, keys that name a part of every JavaScript object, more than one document.
 */
export function readSource(text: string, file: string): Result<Source, readonly Fault[]> {
  if (text.length > sizeLimit) {
    return refuse([
      { file, line: 1, column: 1, code: 'file_too_large', message: 'the file is larger than 16 MiB' },
    ])
  }

  const lines = new LineCounter()
  const fault = (offset: number, code: FaultCode, message: string): Fault => {
    const { line, col } = lines.linePos(Math.min(offset, text.length))
    return { file, line: Math.max(line, 1), column: Math.max(col, 1), code, message }
  }

  const tokens = [...new Parser(lines.addNewLine).parse(text)]
  const deep = tokens.map(tooDeep).find((offset) => offset !== undefined)
  if (deep !== undefined) return refuse([fault(deep, 'nested_too_deeply', 'nested more than 64 levels deep')])

  const composer = new Composer({
    schema: 'core',
    merge: false,
    resolveKnownTags: false,
    stringKeys: true,
    uniqueKeys: false,
    prettyErrors: false,
  })
  const [document, second] = [...composer.compose(tokens, true, text.length)]
  if (!document) throw new Error('a forced composition gives a document')
  if (second) return refuse([fault(second.range[0], 'malformed', 'a file holds one document')])

  const malformed = [...document.errors, ...document.warnings].map((error) =>
    fault(error.pos[0], 'malformed', error.message),
  )
  if (malformed.length > 0) return refuse(malformed.slice(0, faultLimit))

  const keys = nodeFaults(document.contents, new Set()).map(({ offset, code, message }) =>
    fault(offset, code, message),
  )
  if (keys.length > 0) return refuse(keys.slice(0, faultLimit))

  const value = plainValue(document)
  if (value === undefined) return refuse([fault(0, 'malformed', 'its aliases unfold into too much')])

  const place = (faults: readonly PathFault[]) =>
    faults
      .slice(0, faultLimit)
      .map(({ path, part, code, message }) => fault(offsetAt(document, path, part), code, message))
      .toSorted((a, b) => a.line - b.line || a.column - b.column)
  return succeed({ value: value.of, place })
}

/** The offset of the first part that stands too deep. Walked with a list: the depth is the file's to choose. */
function tooDeep(root: CST.Token): number | undefined {
  const waiting: { readonly token: CST.Token; readonly depth: number }[] = [{ token: root, depth: 0 }]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { token, depth } = next
    if (depth > depthLimit) return token.offset
    if (token.type === 'document' && token.value) waiting.push({ token: token.value, depth })
    if (!('items' in token)) continue
    for (const item of token.items) {
      if (item.key) waiting.push({ token: item.key, depth: depth + 1 })
      if (item.value) waiting.push({ token: item.value, depth: depth + 1 })
    }
  }
  return undefined
}

interface NodeFault {
  readonly offset: number
  readonly code: FaultCode
  readonly message: string
}

/** Walked in reading order, so that an alias of an anchor that comes later is seen. */
function nodeFaults(node: ParsedNode | null, anchors: Set<string>): NodeFault[] {
  if (isAlias(node)) {
    if (anchors.has(node.source)) return []
    return [
      {
        offset: node.range[0],
        code: 'malformed',
        message: `no anchor \`${node.source}\` stands before this`,
      },
    ]
  }
  if (node?.anchor !== undefined) anchors.add(node.anchor)
  if (isSeq<ParsedNode>(node)) return node.items.flatMap((item) => nodeFaults(item, anchors))
  if (!isMap<ParsedNode, ParsedNode | null>(node)) return []

  const seen = new Set<string>()
  return node.items.flatMap(({ key, value }) => {
    const name = keyText(key)
    const faults: NodeFault[] = []
    const say = (code: FaultCode, message: string) => faults.push({ offset: key.range[0], code, message })
    if (name in Object.prototype) say('reserved_name', `\`${name}\` cannot be a name; choose another`)
    if (seen.has(name)) say('duplicate_key', `\`${name}\` is given twice`)
    seen.add(name)
    return [...faults, ...nodeFaults(value, anchors)]
  })
}

/** The document as plain values; nothing where its aliases unfold into too much. */
function plainValue(document: Document.Parsed): { readonly of: unknown } | undefined {
  try {
    return { of: document.toJS({ maxAliasCount: aliasLimit }) as unknown }
  } catch (error) {
    if (error instanceof ReferenceError) return undefined
    throw error
  }
}

/** Where the part at this path stands, or the deepest part on the way to it that is there. */
function offsetAt(document: Document.Parsed, path: Path, part: PathFault['part']): number {
  let place: Place = { value: document.contents }
  for (const step of path) {
    const next = placeWithin(isAlias(place.value) ? place.value.resolve(document) : place.value, step)
    if (!next) return startOf(place, 'value')
    place = next
  }
  return startOf(place, part)
}

interface Place {
  readonly key?: Node | undefined
  readonly value: Node | null | undefined
}

function placeWithin(node: Node | null | undefined, step: string | number): Place | undefined {
  if (isSeq<Node>(node)) return { value: node.items[Number(step)] }
  if (!isMap<Node, Node | null>(node)) return undefined
  return node.items.find(({ key }) => keyText(key) === String(step))
}

function startOf({ key, value }: Place, part: PathFault['part']): number {
  const [first, second] = part === 'key' ? [key, value] : [value, key]
  return (first ?? second)?.range?.[0] ?? 0
}

function keyText(key: unknown): string {
  return isScalar(key) ? String(key.value) : ''
}

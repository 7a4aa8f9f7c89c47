import { refuse, succeed, type Result } from '@keyholder/core'
import { DOMParser } from '@xmldom/xmldom'
import { checkXml, type XmlFault, type XmlLimits } from './strict-xml.ts'

/** One element as it was read: what is in it, and nothing of its surroundings. */
export interface XmlElement {
  /** With the prefix that we use for its namespace, whatever prefix was written: `saml:Assertion`. */
  readonly name: string
  /** Attributes in no namespace; declarations of namespaces are left out. */
  readonly attributes: ReadonlyMap<string, string>
  /** Attributes in a namespace: `namespace local`. */
  readonly foreignAttributes: readonly string[]
  readonly children: readonly XmlElement[]
  /** The text directly in it, its children's left out. */
  readonly text: string
}

const prefixes = new Map([
  ['urn:oasis:names:tc:SAML:2.0:protocol', 'samlp'],
  ['urn:oasis:names:tc:SAML:2.0:assertion', 'saml'],
  ['urn:oasis:names:tc:SAML:2.0:metadata', 'md'],
  ['http://www.w3.org/2000/09/xmldsig#', 'ds'],
  ['http://www.w3.org/2001/10/xml-exc-c14n#', 'ec'],
])

const declarations = 'http://www.w3.org/2000/xmlns/'

/** Reads a text as XML: strictly, within limits, and with nothing looked up elsewhere. */
export function readXml(text: string, limits: XmlLimits): Result<XmlElement, XmlFault> {
  const checked = checkXml(text, limits)
  if (!checked.ok) return checked

  const root = parse(text)
  return root === undefined ? refuse('not_well_formed') : succeed(elementOf(root))
}

function parse(text: string): Element | undefined {
  try {
    const document = new DOMParser({ errorHandler: { warning: stop, error: stop, fatalError: stop } })
    return document.parseFromString(text, 'text/xml').documentElement ?? undefined
  } catch {
    return undefined
  }
}

function stop(message: string): never {
  throw new Error(message)
}

function elementOf(node: Element): XmlElement {
  const attributes = new Map<string, string>()
  const foreignAttributes: string[] = []
  for (const { name, localName, namespaceURI, value } of Array.from(node.attributes)) {
    if (namespaceURI === declarations || name === 'xmlns' || name.startsWith('xmlns:')) continue
    if (namespaceURI || name.includes(':')) foreignAttributes.push(`${namespaceURI} ${localName}`)
    else attributes.set(name, value)
  }

  const children: XmlElement[] = []
  let text = ''
  for (const child of Array.from(node.childNodes)) {
    if (isElement(child)) children.push(elementOf(child))
    else if (child.nodeType === 3) text += child.nodeValue ?? ''
  }
  return { name: nameOf(node), attributes, foreignAttributes, children, text }
}

function isElement(node: ChildNode): node is Element {
  return node.nodeType === 1
}

/** An element of a namespace that we do not know keeps the namespace in its name, and so is never one that we look for. */
function nameOf(node: Element): string {
  const prefix = prefixes.get(node.namespaceURI ?? '')
  return prefix === undefined
    ? `{${node.namespaceURI ?? ''}}${node.localName}`
    : `${prefix}:${node.localName}`
}

export function childrenOf(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.filter((child) => child.name === name)
}

/** The first child of that name. Where there must be one only, that was checked before. */
export function childOf(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((child) => child.name === name)
}

import { DOMParser, XMLSerializer } from '@xmldom/xmldom'

/** Takes an answer apart, and puts it together as an attacker would. Made for tests: it forgives everything. */
export function edit(xml: string, change: (answer: Answer) => void): string {
  const document = new DOMParser({ errorHandler: () => undefined }).parseFromString(xml, 'text/xml')
  const response = document.documentElement
  const assertion = first(response, 'Assertion')
  change({ document, response, assertion, signature: first(response, 'Signature') })
  return new XMLSerializer().serializeToString(document)
}

export interface Answer {
  readonly document: Document
  readonly response: Element
  readonly assertion: Element
  /** The first there is: that of the response where it has one, else that of the assertion. */
  readonly signature: Element
}

export function first(element: Element, localName: string): Element {
  const found = element.getElementsByTagNameNS('*', localName).item(0)
  if (found === null) throw new Error(`There is no ${localName}`)
  return found
}

/** A copy that says that somebody else signed in, without any signature, under an id of its own. */
export function evilTwin(element: Element, id: string): Element {
  const twin = copy(element)
  for (const signature of Array.from(twin.getElementsByTagNameNS('*', 'Signature'))) {
    signature.parentNode?.removeChild(signature)
  }
  twin.setAttribute('ID', id)
  first(twin, 'NameID').textContent = 'root@corp.test'
  return twin
}

/** The element as it was signed: without the signature that stands in it. */
export function withoutSignature(element: Element, signature: Element): Element {
  const bare = copy(element)
  const value = first(signature, 'SignatureValue').textContent
  for (const candidate of Array.from(bare.getElementsByTagNameNS('*', 'Signature'))) {
    if (first(candidate, 'SignatureValue').textContent === value) candidate.parentNode?.removeChild(candidate)
  }
  return bare
}

export function copy(element: Element): Element {
  return element.cloneNode(true) as Element
}

/** A new element of a namespace, with others in it. */
export function wrap(answer: Answer, namespace: string, name: string, ...within: readonly Node[]): Element {
  const element = answer.document.createElementNS(namespace, name)
  for (const node of within) element.appendChild(node)
  return element
}

export const samlp = 'urn:oasis:names:tc:SAML:2.0:protocol'
export const saml = 'urn:oasis:names:tc:SAML:2.0:assertion'
export const ds = 'http://www.w3.org/2000/09/xmldsig#'

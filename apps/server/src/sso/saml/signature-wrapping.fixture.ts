import {
  copy,
  ds,
  edit,
  evilTwin,
  first,
  saml,
  samlp,
  withoutSignature,
  wrap,
  type Answer,
} from './spoiled-xml.fixture.ts'

/** Makes of a genuine answer one that must be refused. */
export interface Mutation {
  readonly what: string
  readonly of: (genuine: string) => string
}

/** The element that the signature covers: the response, or the assertion. */
function signedElement({ signature }: Answer): Element {
  return signature.parentNode as Element
}

function evilAssertion(answer: Answer): Element {
  return evilTwin(answer.assertion, '_evil')
}

/** Where what was signed is moved to, while something else is put where it is looked for. */
export const wrappings: readonly Mutation[] = [
  {
    what: 'XSW1: an evil response, its signature holding the genuine one',
    of: (xml) =>
      edit(xml, (answer) => {
        const original = withoutSignature(signedElement(answer), answer.signature)
        answer.signature.appendChild(original)
        becomeEvil(answer, '_evil')
      }),
  },
  {
    what: 'XSW2: an evil response, the genuine one before its signature',
    of: (xml) =>
      edit(xml, (answer) => {
        const original = withoutSignature(signedElement(answer), answer.signature)
        answer.signature.parentNode?.insertBefore(original, answer.signature)
        becomeEvil(answer, '_evil')
      }),
  },
  {
    what: 'XSW3, CVE-2022-41912: an evil assertion before the genuine one',
    of: (xml) => edit(xml, (answer) => answer.response.insertBefore(evilAssertion(answer), answer.assertion)),
  },
  {
    what: 'XSW4: an evil assertion around the genuine one',
    of: (xml) =>
      edit(xml, (answer) => {
        const evil = evilAssertion(answer)
        answer.response.replaceChild(evil, answer.assertion)
        evil.appendChild(answer.assertion)
      }),
  },
  {
    what: 'XSW5: an evil assertion with the signature, the genuine one at the end',
    of: (xml) =>
      edit(xml, (answer) => {
        const original = withoutSignature(answer.assertion, answer.signature)
        const evil = evilAssertion(answer)
        evil.insertBefore(copy(answer.signature), evil.firstChild)
        answer.response.replaceChild(evil, answer.assertion)
        answer.response.appendChild(original)
      }),
  },
  {
    what: 'XSW6: an evil assertion whose signature holds the genuine one',
    of: (xml) =>
      edit(xml, (answer) => {
        const signature = copy(answer.signature)
        signature.appendChild(withoutSignature(answer.assertion, answer.signature))
        const evil = evilAssertion(answer)
        evil.insertBefore(signature, evil.firstChild)
        answer.response.replaceChild(evil, answer.assertion)
      }),
  },
  {
    what: 'XSW7: an evil assertion in extensions',
    of: (xml) =>
      edit(xml, (answer) =>
        answer.response.insertBefore(
          wrap(answer, samlp, 'samlp:Extensions', evilAssertion(answer)),
          answer.response.firstChild,
        ),
      ),
  },
  {
    what: 'XSW8: an evil assertion whose signature holds the genuine one as an object',
    of: (xml) =>
      edit(xml, (answer) => {
        const signature = copy(answer.signature)
        const original = withoutSignature(answer.assertion, answer.signature)
        signature.appendChild(wrap(answer, ds, 'ds:Object', original))
        const evil = evilAssertion(answer)
        evil.insertBefore(signature, evil.firstChild)
        answer.response.replaceChild(evil, answer.assertion)
      }),
  },
  {
    what: 'XSW10: an evil assertion after the genuine one',
    of: (xml) => edit(xml, (answer) => answer.response.appendChild(evilAssertion(answer))),
  },
  {
    what: 'the genuine assertion hidden in extensions, an evil one in its place',
    of: (xml) =>
      edit(xml, (answer) => {
        answer.response.replaceChild(evilAssertion(answer), answer.assertion)
        const hidden = wrap(answer, samlp, 'samlp:Extensions', answer.assertion)
        answer.response.insertBefore(hidden, answer.response.firstChild)
      }),
  },
  {
    what: 'the genuine assertion as advice of an evil one',
    of: (xml) =>
      edit(xml, (answer) => {
        const evil = evilAssertion(answer)
        answer.response.replaceChild(evil, answer.assertion)
        evil.appendChild(wrap(answer, saml, 'saml:Advice', answer.assertion))
      }),
  },
  {
    what: 'an evil assertion as advice of the genuine one',
    of: (xml) =>
      edit(xml, (answer) => {
        answer.assertion.appendChild(wrap(answer, saml, 'saml:Advice', evilAssertion(answer)))
      }),
  },
  {
    what: 'an evil assertion in the key of the signature',
    of: (xml) => edit(xml, (answer) => first(answer.signature, 'KeyInfo').appendChild(evilAssertion(answer))),
  },
  {
    what: 'an evil assertion in the value of an attribute',
    of: (xml) =>
      edit(xml, (answer) => first(answer.assertion, 'AttributeValue').appendChild(evilAssertion(answer))),
  },
  {
    what: 'an evil assertion in an object of a second signature that repeats the first',
    of: (xml) =>
      edit(xml, (answer) => {
        const decoy = copy(answer.signature)
        decoy.appendChild(wrap(answer, ds, 'ds:Object', evilAssertion(answer)))
        answer.signature.parentNode?.appendChild(decoy)
      }),
  },
  {
    what: 'an evil response around the genuine one',
    of: (xml) =>
      edit(xml, (answer) => {
        const evil = evilTwin(answer.response, '_evil')
        answer.document.replaceChild(evil, answer.response)
        evil.appendChild(answer.response)
      }),
  },
  {
    what: 'the assertion alone, without its response',
    of: (xml) => edit(xml, (answer) => answer.document.replaceChild(answer.assertion, answer.response)),
  },
  {
    what: 'the assertion replaced under the same id',
    of: (xml) =>
      edit(xml, (answer) =>
        answer.response.replaceChild(evilTwin(answer.assertion, '_assertion1'), answer.assertion),
      ),
  },
  {
    what: 'the signature of the assertion moved up to the response',
    of: (xml) =>
      edit(xml, (answer) => {
        const [assertion, signature] = [evilTwin(answer.assertion, '_evil'), answer.signature]
        answer.response.replaceChild(assertion, answer.assertion)
        answer.response.insertBefore(signature, answer.response.firstChild)
        first(signature, 'Reference').setAttribute('URI', '#_evil')
      }),
  },
  {
    what: 'the signature moved into the subject',
    of: (xml) => edit(xml, (answer) => first(answer.assertion, 'Subject').appendChild(answer.signature)),
  },
  {
    what: 'a second signature beside the first',
    of: (xml) =>
      edit(xml, (answer) => {
        answer.signature.parentNode?.appendChild(copy(answer.signature))
      }),
  },
]

/** Leaves the place of what was signed, and its signature, to somebody else. */
function becomeEvil(answer: Answer, id: string): void {
  signedElement(answer).setAttribute('ID', id)
  first(answer.assertion, 'NameID').textContent = 'root@corp.test'
}

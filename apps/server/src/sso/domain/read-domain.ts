import { domainToASCII } from 'node:url'
import { refuse, succeed, type Result } from '@keyholder/core'
import { parse } from 'tldts'
import { freeMail } from './free-mail.ts'

declare const domain: unique symbol

/** A domain in its one form: lower case, without a dot at its end, its own script as `xn--`. */
export type Domain = string & { readonly [domain]: true }

export interface DomainFault {
  readonly code: 'domain_unusable'
  readonly reason: 'malformed' | 'public_suffix' | 'free_mail'
}

/**
 * Brings a domain into its one form.
 *
 * Refused is what nobody owns alone: a suffix under which others register (`co.uk`, `github.io`), and the domain of a
 * provider of mail for everybody. A sub-domain is a domain of its own: proving `corp.test` proves nothing about
 * `sales.corp.test`, and the other way round.
 */
export function readDomain(text: string): Result<Domain, DomainFault> {
  const form = formOf(text)
  if (form === undefined) return unusable('malformed')

  const { publicSuffix, domain: registered } = parse(form, {
    allowPrivateDomains: true,
    validateHostname: false,
  })
  if (publicSuffix === form || registered === null) return unusable('public_suffix')
  if (freeMail.has(registered)) return unusable('free_mail')
  return succeed(form)
}

/** The domain of an address in its one form, to be compared with those that were proven. */
export function domainOfEmail(email: string): Domain | undefined {
  return formOf(email.slice(email.lastIndexOf('@') + 1))
}

const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/

function formOf(text: string): Domain | undefined {
  const bare = text.trim().replace(/\.$/, '')
  // What `domainToASCII` would read as part of an address is no part of a domain.
  if (!/^[\p{L}\p{N}\p{M}.\-\u3002\uff0e\uff61]+$/u.test(bare)) return undefined

  const form = domainToASCII(bare)
  const labels = form.split('.')
  const isSound =
    labels.length > 1 && labels.every((part) => label.test(part)) && !/^\d+$/.test(labels.at(-1) ?? '')
  // Room is left for the name of the record that proves it.
  return isSound && form.length <= 200 ? (form as Domain) : undefined
}

function unusable(reason: DomainFault['reason']) {
  return refuse<DomainFault>({ code: 'domain_unusable', reason })
}

import { refuse, succeed, type Result } from '../result.ts'

declare const email: unique symbol

/** An address in its normal form, the one that mail is sent to; two addresses are the same exactly when these are equal. */
export type Email = string & { readonly [email]: true }

export interface EmailFault {
  readonly code: 'email_malformed'
  readonly reason: 'empty' | 'too_long' | 'control_character' | 'not_one_address' | 'local_part' | 'domain'
}

/**
 * Brings an e-mail address into its normal form: NFKC, no space around it, lower case.
 *
 * Refused is everything that two programs could read differently: control and format characters, lists, quotes,
 * comments, dots at the ends, more than one `@`. Letters that merely look alike stay different, `bob+1` is not
 * `bob`, and a domain written in its own script is not the same as its `xn--` form. Because mail goes to the normal
 * form and never to what was typed, no two inboxes share one.
 */
export function normaliseEmail(input: string): Result<Email, EmailFault> {
  const address = normalForm(input)
  const reason = faultOf(address)
  return reason ? refuse({ code: 'email_malformed', reason }) : succeed(address as Email)
}

/** Lower case can leave NFKC again (`İ`), so the form is taken on both sides of it. */
function normalForm(input: string): string {
  return input.normalize('NFKC').trim().toLowerCase().normalize('NFKC')
}

const local = /^[\p{L}\p{N}\p{M}!#$%&'*+/=?^_`{|}~-]+(\.[\p{L}\p{N}\p{M}!#$%&'*+/=?^_`{|}~-]+)*$/u
const label = /^[\p{L}\p{N}]([\p{L}\p{N}\p{M}-]*[\p{L}\p{N}\p{M}])?$/u

function faultOf(address: string): EmailFault['reason'] | undefined {
  if (address === '') return 'empty'
  if (address.length > 254) return 'too_long'
  if (/[\p{C}\p{Zl}\p{Zp}]/u.test(address)) return 'control_character'

  const parts = address.split('@')
  const [before, after] = parts
  if (parts.length !== 2 || before === undefined || after === undefined) return 'not_one_address'
  if (before.length > 64 || !local.test(before)) return 'local_part'

  const labels = after.split('.')
  const sound = labels.length > 1 && labels.every((part) => part.length <= 63 && label.test(part))
  return sound ? undefined : 'domain'
}

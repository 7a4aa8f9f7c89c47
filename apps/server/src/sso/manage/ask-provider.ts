import { refuse, succeed, type Result } from '@keyholder/core'
import type { Outside } from '../../outgoing/outside.ts'
import type { OutsideFault } from '../../outgoing/outside-fault.ts'
import { discoverProvider, type ProviderMetadata } from '../oidc/discover.ts'
import { unusable, type IdpRefusal, type IdpSettings } from '../saml/idp-settings.ts'
import { readIdpMetadata } from '../saml/read-idp-metadata.ts'

const sentences: Readonly<Record<OutsideFault['code'], string>> = {
  outside_address_unusable: 'The address must begin with https:// and hold no password.',
  outside_address_refused:
    'The address is not one that the server talks to. Ask the operator where it stands in their own network.',
  outside_unreachable: 'Nothing answers at this address.',
  outside_too_slow: 'What is there took longer than 10 seconds.',
  outside_redirects: 'The address sends elsewhere. Give the one that it sends to.',
  outside_answer_too_large: 'What is there is larger than 1 MB.',
  outside_answer_unreadable: 'What is there cannot be read.',
}

/** What an OpenID Connect provider says of itself, or one sentence about why it cannot be used. */
export async function askOidcProvider(
  outside: Outside,
  issuer: string,
): Promise<Result<ProviderMetadata, IdpRefusal>> {
  const found = await discoverProvider(outside, issuer)
  if (found.ok) return found
  const { reason, detail = '' } = found.refusal
  if (reason === 'unreachable') return unusable(sentences[detail as OutsideFault['code']])
  return detail === 'the provider calls itself differently'
    ? unusable(
        'The provider calls itself differently. Give its issuer to the letter, with or without a slash at its end.',
      )
    : unusable(
        'There is no OpenID Connect provider at this address that signs as is demanded (RS256, PS256, ES256 or EdDSA).',
      )
}

/** A SAML identity provider’s metadata from where it publishes them. */
export async function fetchIdpMetadata(
  outside: Outside,
  address: string,
  now: Date,
): Promise<Result<{ readonly metadata: string; readonly settings: IdpSettings }, IdpRefusal>> {
  const answer = await outside.ask(address, {
    headers: { accept: 'application/samlmetadata+xml, application/xml, text/xml' },
  })
  if (!answer.ok) return unusable(sentences[answer.refusal.code])
  if (answer.value.status !== 200) return unusable('There is no metadata at this address.')

  const metadata = textOf(answer.value.body)
  if (metadata === undefined) return unusable('The metadata is not text in UTF-8.')
  const settings = readIdpMetadata(metadata, now)
  return settings.ok ? succeed({ metadata, settings: settings.value }) : refuse(settings.refusal)
}

function textOf(body: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    return undefined
  }
}

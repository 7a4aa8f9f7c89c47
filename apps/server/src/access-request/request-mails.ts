import {
  searchSubjects,
  type AccessRequest,
  type AccountId,
  type Grant,
  type OrganizationId,
  type UserId,
} from '@keyholder/core'
import type { MessageOf } from '@keyholder/mail'
import { findOrganization, findUser, superusersOf, type User } from '@keyholder/storage'
import { outgoingMail, type OutgoingMail } from '../change/outgoing-mail.ts'
import type { Scene } from '../change/scene.ts'
import type { AccountOfPath } from '../http/call.ts'

/** More than these are not written to about one request. */
const mostReaders = 20

/** One mail for each of those who may answer a request everywhere, superusers first; never to whoever asks. */
export async function requestMails(
  scene: Scene,
  account: AccountOfPath,
  request: AccessRequest,
): Promise<readonly OutgoingMail[]> {
  const { tx, newId } = scene
  const asking = await personOf(scene, request.user)
  const told: Omit<MessageOf<'access_requested'>, 'language'> = {
    template: 'access_requested',
    account: { slug: account.slug, name: account.name },
    organization: await organizationOf(scene, request),
    request: request.id,
    by: { name: asking.name ?? null, email: asking.email },
    role: null,
    message:
      request.place.kind === 'words' ? `${request.place.words}\n\n${request.message}` : request.message,
  }
  const mails: OutgoingMail[] = []
  for (const id of await readersOf(scene, request)) {
    const reader = await findUser(tx, id)
    if (!reader) continue
    const { email: recipient, language } = reader
    mails.push(outgoingMail(newId, { account: account.id, recipient }, { ...told, language }))
  }
  return mails
}

/** A mail to whoever asked: what they have now, or that they do not get it. */
export async function settledMail(
  scene: Scene,
  account: AccountOfPath,
  request: AccessRequest,
  grant: Grant | undefined,
): Promise<OutgoingMail> {
  const { email: recipient, name = null, language } = await personOf(scene, request.user)
  const { settled } = request
  const told = {
    language,
    name,
    account: { slug: account.slug, name: account.name },
    message: (settled && 'answer' in settled ? settled.answer : undefined) ?? null,
  }
  const to = { account: account.id, recipient }
  if (!grant) {
    const organization = await organizationOf(scene, request)
    return outgoingMail(scene.newId, to, { template: 'access_request_declined', ...told, organization })
  }
  const { role, organization, endsAt } = grant
  return outgoingMail(scene.newId, to, {
    template: 'access_request_approved',
    ...told,
    organization: await namesOf(scene, account.id, organization),
    role: (role && scene.index(account.id).role(role)?.name) ?? String(role),
    ends_at: endsAt === undefined ? null : new Date(endsAt).toISOString(),
  })
}

async function readersOf(
  { tx, directory, at }: Scene,
  { account, user }: AccessRequest,
): Promise<readonly UserId[]> {
  const superusers = (await superusersOf(tx, account)).map((one) => one.user)
  const granting = { permission: 'grant.create', account, at }
  const others = searchSubjects(directory, granting, { limit: mostReaders + superusers.length + 1 })
  return [...new Set([...superusers, ...others])].filter((id) => id !== user).slice(0, mostReaders)
}

async function personOf({ tx }: Scene, id: UserId): Promise<User> {
  const person = await findUser(tx, id)
  if (!person) throw new Error('a request is of a person who is not there')
  return person
}

function organizationOf(scene: Scene, { account, place }: AccessRequest) {
  return namesOf(scene, account, place.kind === 'organization' ? place.organization : undefined)
}

async function namesOf({ tx }: Scene, account: AccountId, organization: OrganizationId | undefined) {
  const found = organization && (await findOrganization(tx, account, organization))
  return found ? { key: found.key, name: found.name } : null
}

import type { Arena } from '../arena.ts'
import type { AttackCases } from './attack-case.ts'

const question = ({ names }: Arena, resource: object) => ({
  subject: { type: 'user', id: names.user[0] },
  action: { name: 'view' },
  resource,
})

const inOrganization = ({ names }: Arena) => ({
  type: 'asset',
  id: '7',
  properties: { organization: names.organization[0], owner: names.user[0] },
})
const inAccount = ({ names }: Arena) => ({
  type: 'asset',
  id: '7',
  properties: { account: names.account[0] },
})
const organization = ({ names }: Arena) => ({ type: 'organization', id: names.organization[0] })

const everywhere = (own: Arena) =>
  [inOrganization, inAccount, organization].map((resource) => ({
    as: 'key' as const,
    body: question(own, resource(own)),
  }))

export const accessCases: AttackCases = {
  'access.evaluate': { reads: true, requests: everywhere, also: { 'body:/resource/id': 'organization' } },
  'access.evaluate_many': {
    reads: true,
    requests: (own) =>
      [inOrganization, inAccount, organization].map((resource) => ({
        as: 'key' as const,
        body: { ...question(own, resource(own)), evaluations: [question(own, resource(own))] },
      })),
    also: {
      'body:/resource/id': 'organization',
      'body:/evaluations/[]/subject/id': 'user',
      'body:/evaluations/[]/resource/id': 'organization',
      'body:/evaluations/[]/resource/properties/organization': 'organization',
      'body:/evaluations/[]/resource/properties/account': 'account',
      'body:/evaluations/[]/resource/properties/owner': 'user',
    },
  },
  'access.search_subject': {
    reads: true,
    requests: everywhere,
    also: { 'body:/resource/id': 'organization' },
  },
  'access.search_resource': {
    reads: true,
    requests: everywhere,
    also: { 'body:/resource/id': 'organization' },
  },
  'access.search_action': {
    reads: true,
    requests: everywhere,
    also: { 'body:/resource/id': 'organization' },
  },
  'access.explain': { reads: true },
}

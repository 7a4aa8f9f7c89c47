import { invitationToken } from '../seed-objects.ts'
import { newcomer, partner, restingOf, type Arena } from '../arena.ts'
import type { AttackCases } from './attack-case.ts'

const opened = ({ slug }: Arena, more: object = {}) => ({
  as: 'operator' as const,
  body: { token: invitationToken(slug), ...more },
})

const proposedTo = ({ slug }: Arena) => ({ connection: `con_${partner}_${slug}` })
const theirs = { role: 'viewer', organization: `org_${partner}_${partner}-one` }

/** What goes out to people from elsewhere: invitations, connections, mails. */
export const outsiderCases: AttackCases = {
  'invitation.create_many': {
    requests: ({ slug, names: { role, organization, group } }) => [
      {
        events: 2,
        body: {
          kind: 'external',
          list: `one@${slug}.example, two@${slug}.example`,
          default_role: { role: role[0] },
          grants: [{ role: role[0], organization: organization[0] }],
          groups: [group[0]],
        },
      },
    ],
  },
  'invitation.update': {
    requests: ({ names: { role, organization, group }, others }) => [
      {
        body: {
          default_role: { role: others.role },
          grants: [{ role: role[0], organization: organization[0] }],
          groups: [group[0]],
        },
      },
    ],
  },
  'invitation.resend': { requests: () => [{ body: {} }] },
  'invitation.look_up': { reads: true, requests: (own) => [opened(own)] },
  'invitation.accept': { requests: (own) => [opened(own, { sign_up: { name: 'Ines' } })] },
  'invitation.sign_up': { requests: (own) => [opened(own, { sign_up: { name: 'Ines' } })] },
  'invitation.open': { reads: true, requests: ({ slug }) => [{ body: { token: invitationToken(slug) } }] },
  'invitation.join': {
    requests: ({ slug }) => [
      {
        body: { token: invitationToken(slug), password: 'a lamp above seven stairs' },
        events: 2, // the acceptance, and the session
      },
    ],
  },
  'invitation.decline': { requests: (own) => [opened(own)] },

  'connection.propose': {
    requests: ({ names: { role, organization, group } }) => [
      {
        body: {
          guest: newcomer,
          maximum: role[0],
          groups: [group[0]],
          openings: [{ role: role[0], organization: organization[0] }],
        },
      },
    ],
  },
  'connection.counter': {
    requests: (own) => [
      {
        params: proposedTo(own),
        body: { maximum: 'viewer', groups: [`grp_${partner}_${partner}-field`], openings: [theirs] },
      },
    ],
  },
  'connection.accept': {
    requests: (own) => [{ params: proposedTo(own), body: { delegates: own.names.group[0] } }],
  },
  'connection.decline': { requests: (own) => [{ params: proposedTo(own) }] },
  'connection.resume': {
    requests: ({ slug }) => [{ params: { connection: `con_${slug}_${restingOf(slug)}` } }],
  },
  'connection.narrow': { requests: () => [{ body: { maximum: 'viewer' } }] },
  'connection.request_widening': { requests: () => [{ body: { maximum: 'administrator' } }] },
  'connection.extend': { requests: () => [{ body: { ends_at: '2099-01-15T00:00:00Z' } }] },
  'connection.set_delegates': {
    requests: () => [
      { as: 'partner', params: { account: partner }, body: { delegates: `grp_${partner}_${partner}-field` } },
    ],
  },
}

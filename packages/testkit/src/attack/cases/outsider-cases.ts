import { invitationToken } from '../seed-objects.ts'
import type { Arena } from '../arena.ts'
import type { AttackCases } from './attack-case.ts'

const opened = ({ slug }: Arena, more: object = {}) => ({
  as: 'operator' as const,
  body: { token: invitationToken(slug), ...more },
})

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
  'invitation.decline': { requests: (own) => [opened(own)] },
}

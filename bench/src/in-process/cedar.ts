import { preparsePolicySet, statefulIsAuthorized, type EntityJson } from '@cedar-policy/cedar-wasm/nodejs'
import { groupedBy } from '../world/grouped-by.ts'
import type { Contender } from './contender.ts'
import { versionOf } from './versions.ts'

const policies = 'bench'

/** Policies parsed beforehand; each question brings the one user with the roles held in that organization. */
export const cedar: Contender = {
  name: 'cedar-wasm, preparsed',
  version: versionOf('@cedar-policy/cedar-wasm'),
  prepare({ assignments }, questions) {
    const numbers = new Map([...assignments.roles.keys()].map((role, i) => [role, `r${i}`]))
    const text = [...assignments.roles]
      .filter(([, permissions]) => permissions.length > 0)
      .map(([role, permissions]) => {
        const actions = permissions.map(({ key }) => `Action::"${key}"`).join(', ')
        return `permit(principal in Role::"${numbers.get(role)}", action in [${actions}], resource);`
      })
      .join('\n')
    const parsed = preparsePolicySet(policies, { staticPolicies: text })
    if (parsed.type !== 'success') throw new Error(JSON.stringify(parsed.errors))

    const held = groupedBy(assignments.held, ({ user, place }) => `${user} ${place}`)
    const asked = questions.map(({ user, organization, permission }) => {
      const roles = [
        ...(held.get(`${user} ${organization}`) ?? []),
        ...(held.get(`${user} everywhere`) ?? []),
      ]
      const entity: EntityJson = {
        uid: { type: 'User', id: user },
        attrs: {},
        parents: roles.map(({ role }) => ({ type: 'Role', id: numbers.get(role) ?? '' })),
      }
      return {
        principal: { type: 'User', id: user },
        action: { type: 'Action', id: permission.key },
        resource: { type: 'Organization', id: organization },
        context: {},
        preparsedPolicySetId: policies,
        entities: [entity],
      }
    })
    return (question) => {
      const each = asked[question]
      const answer = each && statefulIsAuthorized(each)
      return answer?.type === 'success' && answer.response.decision === 'allow'
    }
  },
}

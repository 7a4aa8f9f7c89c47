import { type Enforcer, newEnforcer, newModelFromString, StringAdapter } from 'casbin'
import type { Contender, Subject } from './contender.ts'
import { versionOf } from './versions.ts'

const model = `
[request_definition]
r = sub, dom, act
[policy_definition]
p = sub, act
[role_definition]
g = _, _, _
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = r.act == p.act && (g(r.sub, p.sub, r.dom) || g(r.sub, p.sub, "everywhere"))
`

function policyOf({ assignments }: Subject): string {
  const name = (role: string) => role.replaceAll(' ', '_')
  const rules = [...assignments.roles].flatMap(([role, permissions]) =>
    permissions.map(({ key }) => `p, ${name(role)}, ${key}`),
  )
  const held = assignments.held.map(({ user, place, role }) => `g, ${user}, ${name(role)}, ${place}`)
  return [...rules, ...held].join('\n')
}

export const casbin: Contender = {
  name: 'casbin',
  version: versionOf('casbin'),
  async prepare(subject, questions) {
    const enforcer = await newEnforcer(newModelFromString(model), new StringAdapter(policyOf(subject)))
    return answering(enforcer, questions)
  },
}

function answering(enforcer: Enforcer, questions: Parameters<Contender['prepare']>[1]) {
  return (question: number) => {
    const each = questions[question]
    return each !== undefined && enforcer.enforceSync(each.user, each.organization, each.permission.key)
  }
}

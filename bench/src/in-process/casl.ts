import { Ability, createMongoAbility, subject as typed, type MongoAbility } from '@casl/ability'
import type { Permission } from '@keyholder/core'
import { groupedBy } from '../world/grouped-by.ts'
import type { Asked } from '../world/questions.ts'
import type { Contender } from './contender.ts'
import { versionOf } from './versions.ts'

interface Rule {
  readonly action: string
  readonly subject: string
}

/** An ability for each user and organization that is asked about, made beforehand. */
export const caslByPlace: Contender = {
  name: 'CASL, ability per user and organization',
  version: versionOf('@casl/ability'),
  prepare({ assignments }, questions) {
    const held = groupedBy(assignments.held, ({ user }) => user)
    const abilities = new Map<string, Ability>()
    for (const { user, organization } of questions) {
      const mine = held.get(user) ?? []
      const roles = mine.filter(({ place }) => place === organization || place === 'everywhere')
      const rules = roles.flatMap(({ role }) => (assignments.roles.get(role) ?? []).map(ruleOf))
      abilities.set(`${user} ${organization}`, new Ability(rules))
    }
    return (question) => {
      const { user, organization, permission } = at(questions, question)
      return abilities.get(`${user} ${organization}`)?.can(permission.action, permission.resource) ?? false
    }
  },
}

/** An ability for each user, with the organization as a condition. */
export const caslByUser: Contender = {
  name: 'CASL, ability per user',
  version: versionOf('@casl/ability'),
  prepare({ assignments }, questions) {
    const held = groupedBy(assignments.held, ({ user }) => user)
    const abilities = new Map<string, MongoAbility>()
    for (const { user } of questions) {
      if (abilities.has(user)) continue
      const rules = (held.get(user) ?? []).flatMap(({ role, place }) =>
        (assignments.roles.get(role) ?? []).map((permission) =>
          place === 'everywhere'
            ? ruleOf(permission)
            : { ...ruleOf(permission), conditions: { organization: place } },
        ),
      )
      abilities.set(user, createMongoAbility(rules))
    }
    return (question) => {
      const { user, organization, permission } = at(questions, question)
      return (
        abilities.get(user)?.can(permission.action, typed(permission.resource, { organization })) ?? false
      )
    }
  },
}

function ruleOf({ action, resource }: Permission): Rule {
  return { action, subject: resource }
}

function at(questions: readonly Asked[], number: number): Asked {
  const question = questions[number]
  if (!question) throw new Error('there are fewer questions')
  return question
}

import type { GroupId } from '../id.ts'
import type { Attributes } from './attributes.ts'

/** Which people that come by single sign-on are in a group. */
export type AttributeRule =
  | {
      readonly attribute: string
      /** `equals`: the attribute has this value and no other; `contains_value`: this is one of its values. */
      readonly comparison: 'equals' | 'contains_value'
      readonly value: string
      readonly group: GroupId
    }
  | {
      readonly attribute: string
      /** The attribute has a value that is not empty, whatever it is. */
      readonly comparison: 'exists'
      readonly group: GroupId
    }

/**
 * The groups that the rules give to somebody with these attributes: each once, in the order of the rules.
 *
 * An attribute that is missing or could not be read gives no groups; what somebody was in before has no say. Names and
 * values are compared as they were sent, character by character: nothing is trimmed or folded, and `a,b` is one value.
 */
export function groupsByRules(rules: readonly AttributeRule[], attributes: Attributes): readonly GroupId[] {
  const given = rules.filter((rule) => applies(rule, attributes.get(rule.attribute) ?? []))
  return [...new Set(given.map(({ group }) => group))]
}

function applies(rule: AttributeRule, values: readonly string[]): boolean {
  switch (rule.comparison) {
    case 'equals':
      return values.length > 0 && values.every((value) => value === rule.value)
    case 'contains_value':
      return values.includes(rule.value)
    case 'exists':
      return values.some((value) => value !== '')
  }
}

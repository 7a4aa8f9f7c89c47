import type { GroupNameRefusal } from '@keyholder/core'
import type { ProblemKind } from '../problem.ts'

export const groupProblems = {
  group_name_malformed: {
    status: 422,
    title: 'This cannot be the name of a group',
    detail: 'It is one line of text without characters that change how others are shown.',
  },
  group_name_taken: {
    status: 409,
    title: 'A group with this key or name exists',
    detail: 'Capital letters and spaces make no difference; choose another one.',
  },
  group_of_delegates: {
    status: 409,
    title: 'The group says who may use a connection',
    detail: 'Choose other delegates for the connections in `connections`, or end them, first.',
  },
} as const satisfies Record<GroupNameRefusal['code'] | 'group_of_delegates', ProblemKind>

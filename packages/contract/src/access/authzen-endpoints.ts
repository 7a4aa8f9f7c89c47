import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { AuthzenAction, AuthzenContext, AuthzenResource, AuthzenSubject } from './authzen-entities.ts'
import { Explanation } from './explanation.ts'

/** The answer to one question. */
export const AuthzenDecision = z
  .looseObject({
    decision: z.boolean(),
    context: z.looseObject({
      reasons: z.array(z.string()).describe('Codes, stable; docs/guides/decisions.md lists them'),
      revision: z
        .string()
        .optional()
        .describe('What the answer was computed at; left out where no account was found to answer for'),
      explanation: Explanation.optional(),
      error: z
        .looseObject({ status: z.int(), message: z.string() })
        .optional()
        .describe('What is wrong with this one question of a batch'),
    }),
  })
  .meta({ id: 'AuthzenDecision' })

const required = {
  subject: AuthzenSubject,
  action: AuthzenAction,
  resource: AuthzenResource,
  context: AuthzenContext.optional(),
}

export const EvaluationRequest = z.looseObject(required).meta({ id: 'EvaluationRequest' })

const semantics = ['execute_all', 'deny_on_first_deny', 'permit_on_first_permit'] as const
export type Semantic = (typeof semantics)[number]

/** How many questions one batch may carry. */
export const evaluationsAtMost = 1_000

/**
 * A question whose fields may come from the batch's own.
 *
 * A question that stays incomplete is denied by itself and does not spoil the batch, so its form is open here.
 */
const EvaluationOfBatch = z.looseObject({})

export const EvaluationsRequest = z
  .looseObject({
    subject: AuthzenSubject.partial().optional(),
    action: AuthzenAction.partial().optional(),
    resource: AuthzenResource.partial().optional(),
    context: AuthzenContext.optional(),
    evaluations: z
      .array(EvaluationOfBatch)
      .max(evaluationsAtMost)
      .optional()
      .describe(
        'Questions; each takes what it leaves out from the fields above. None: the fields above are the question',
      ),
    options: z.looseObject({ evaluations_semantic: z.enum(semantics).optional() }).optional(),
  })
  .meta({ id: 'EvaluationsRequest' })

const page = z
  .looseObject({
    token: z.string().max(2_000).optional().describe('`page.next_token` of the answer before'),
    limit: z.int().min(0).optional().describe('At most 1000; 100 where left out'),
    properties: z.looseObject({}).optional().describe('Not read'),
  })
  .optional()

const AnySubject = AuthzenSubject.partial({ id: true })
const AnyResource = AuthzenResource.partial({ id: true })

export const SubjectSearchRequest = z
  .looseObject({ ...required, subject: AnySubject, page })
  .meta({ id: 'SubjectSearchRequest' })

export const ResourceSearchRequest = z
  .looseObject({ ...required, resource: AnyResource, page })
  .meta({ id: 'ResourceSearchRequest' })

export const ActionSearchRequest = z
  .looseObject({
    subject: AuthzenSubject,
    resource: AuthzenResource,
    context: AuthzenContext.optional(),
    page,
  })
  .meta({ id: 'ActionSearchRequest' })

function found<Entity extends z.ZodType>(entity: Entity) {
  return z.looseObject({
    page: z.looseObject({
      next_token: z.string().describe('Empty on the last page'),
      count: z.int().describe('How many are on this page'),
    }),
    context: z.looseObject({ revision: z.string().optional() }),
    results: z.array(entity),
  })
}

export const SubjectSearchAnswer = found(
  z.looseObject({
    type: z.literal('user'),
    id: z.string(),
    properties: z
      .looseObject({ email: z.string(), external_id: z.string().optional() })
      .optional()
      .describe(
        "Names; to an account's key, people who come through a connection are told by their id alone",
      ),
  }),
).meta({ id: 'SubjectSearchAnswer' })

export const ResourceSearchAnswer = found(
  z.looseObject({
    type: z.string(),
    id: z.string().describe('The organization, or the account where the permission is one of the account'),
    properties: z.looseObject({
      account: z.string(),
      organization: z.string().optional().describe('As `account/organization`'),
    }),
  }),
).meta({ id: 'ResourceSearchAnswer' })

export const ActionSearchAnswer = found(z.looseObject({ name: z.string() })).meta({
  id: 'ActionSearchAnswer',
})

const asked = {
  method: 'POST',
  access: 'any_caller',
  problems: ['revision_unreached', 'decisions_not_permitted'],
} as const

export const evaluate = endpoint({
  ...asked,
  id: 'access.evaluate',
  path: '/access/v1/evaluation',
  summary: 'May this person do that, here?',
  description:
    'Access Evaluation of OpenID AuthZEN Authorization API 1.0. A refusal is 200 with `decision: false`.',
  body: EvaluationRequest,
  answers: { 200: AuthzenDecision },
})

export const evaluateMany = endpoint({
  ...asked,
  id: 'access.evaluate_many',
  path: '/access/v1/evaluations',
  summary: 'Many questions at once',
  description: 'Access Evaluations of OpenID AuthZEN Authorization API 1.0, with its three semantics.',
  body: EvaluationsRequest,
  answers: { 200: z.union([z.looseObject({ evaluations: z.array(AuthzenDecision) }), AuthzenDecision]) },
})

const searched = { ...asked, problems: [...asked.problems, 'page_token_invalid'] } as const

export const searchSubject = endpoint({
  ...searched,
  id: 'access.search_subject',
  path: '/access/v1/search/subject',
  summary: 'Who may do that, here?',
  body: SubjectSearchRequest,
  answers: { 200: SubjectSearchAnswer },
})

export const searchResource = endpoint({
  ...searched,
  id: 'access.search_resource',
  path: '/access/v1/search/resource',
  summary: 'Where may this person do that?',
  description:
    'Keyholder knows places, not the host product’s own resources: what it finds are organizations.',
  body: ResourceSearchRequest,
  answers: { 200: ResourceSearchAnswer },
})

export const searchAction = endpoint({
  ...searched,
  id: 'access.search_action',
  path: '/access/v1/search/action',
  summary: 'What may this person do, here?',
  body: ActionSearchRequest,
  answers: { 200: ActionSearchAnswer },
})

export const AuthzenConfiguration = z
  .strictObject({
    policy_decision_point: z.string(),
    access_evaluation_endpoint: z.string(),
    access_evaluations_endpoint: z.string(),
    search_subject_endpoint: z.string(),
    search_resource_endpoint: z.string(),
    search_action_endpoint: z.string(),
  })
  .meta({ id: 'AuthzenConfiguration' })

export const authzenConfiguration = endpoint({
  id: 'access.configuration',
  method: 'GET',
  path: '/.well-known/authzen-configuration',
  summary: 'Where the decision endpoints are',
  access: 'public',
  answers: { 200: AuthzenConfiguration },
  problems: [],
})

export const authzenEndpoints = [
  evaluate,
  evaluateMany,
  searchSubject,
  searchResource,
  searchAction,
  authzenConfiguration,
]

import { z } from 'zod'
import { isContent, slotsOf, type AnswerBody, type Endpoint } from './endpoint.ts'
import { Preview } from './preview.ts'
import { problemsOf } from './endpoint-problems.ts'
import { JsonSchemas, type Json } from './json-schemas.ts'
import { Problem, problems } from './problem.ts'
import { slots, type Slot } from './slot.ts'

export interface OpenApiOptions {
  readonly version: string
  /** Where the API is reached; left out in the document that is kept with the code. */
  readonly server?: string
}

/** Describes endpoints as an OpenAPI 3.1 document. */
export function openApi(
  byFeature: Readonly<Record<string, readonly Endpoint[]>>,
  { version, server }: OpenApiOptions,
): Json {
  const schemas = new JsonSchemas()
  const paths: Record<string, Record<string, unknown>> = {}
  for (const [feature, endpoints] of Object.entries(byFeature)) {
    for (const endpoint of endpoints) {
      const path = (paths[endpoint.path] ??= {})
      path[endpoint.method.toLowerCase()] = operation(feature, endpoint, schemas)
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Keyholder',
      version,
      description: 'Access management: who may do what, where, until when, and why.',
    },
    ...(server === undefined ? {} : { servers: [{ url: server }] }),
    tags: Object.keys(byFeature).map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'An API key: `Authorization: Bearer kh_…`' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: '__Host-keyholder',
          description: 'The session of a person who is signed in',
        },
      },
      schemas: schemas.components(),
    },
  }
}

function operation(feature: string, endpoint: Endpoint, schemas: JsonSchemas): Json {
  return {
    operationId: endpoint.id,
    tags: [feature],
    summary: endpoint.summary,
    ...(endpoint.description === undefined ? {} : { description: endpoint.description }),
    security: security(endpoint),
    'x-access': endpoint.access,
    parameters: [
      ...pathParameters(endpoint),
      ...queryParameters(endpoint, schemas),
      ...headerParameters(endpoint),
    ],
    ...(endpoint.body && {
      requestBody: {
        required: true,
        content: {
          [endpoint.takesForms ? 'application/x-www-form-urlencoded' : 'application/json']: {
            schema: schemas.of(endpoint.body),
          },
        },
      },
    }),
    responses: { ...answers(endpoint, schemas), ...refusals(endpoint, schemas) },
  }
}

/** Decisions are asked for by host products, everything else by people too. */
function security({ access, path }: Endpoint): Json[] {
  if (access === 'public') return []
  if (typeof access === 'string' && access.endsWith('session')) return [{ session: [] }]
  const isForKeys = access === 'deployment' || path.startsWith('/access/')
  return isForKeys ? [{ apiKey: [] }] : [{ apiKey: [] }, { session: [] }]
}

function pathParameters({ path }: Endpoint): Json[] {
  return slotsOf(path).map((name) => ({
    name,
    in: 'path',
    required: true,
    description: slots[name as Slot],
    schema: { type: 'string' },
  }))
}

function queryParameters({ query, changesAccess }: Endpoint, schemas: JsonSchemas): Json[] {
  const { properties = {}, required = [] } = (query ? schemas.of(query) : {}) as {
    properties?: Record<string, Json>
    required?: readonly string[]
  }
  const declared = Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    ...(description === undefined ? {} : { description }),
    schema,
  }))
  return changesAccess ? [...declared, preview] : declared
}

const preview = {
  name: 'preview',
  in: 'query',
  required: false,
  description: 'Tell who would gain and lose what, and change nothing',
  schema: { type: 'boolean', default: false },
}

function headerParameters({ access, changesAccess, creates, edits }: Endpoint): Json[] {
  const header = (name: string, description: string, required = false) => ({
    name,
    in: 'header',
    required,
    description,
    schema: { type: 'string' },
  })
  return [
    header('X-Request-ID', 'Your name for this request; it comes back, and stands in the log'),
    ...(access === 'public'
      ? []
      : [
          header('Keyholder-Act-As', 'With a deployment key: the person whose rights count'),
          header(
            'Keyholder-Support-Access',
            'Beside the session of the operator’s staff: the support access in which they act',
          ),
        ]),
    ...(creates
      ? [header('Idempotency-Key', 'The same key and request twice is done once, and answered alike')]
      : []),
    ...(edits ? [header('If-Match', 'The `ETag` of what you read', true)] : []),
    ...(changesAccess ? [header('Keyholder-Preview', 'The hash of the preview that this applies')] : []),
  ]
}

function answers({ answers: declared, changesAccess }: Endpoint, schemas: JsonSchemas): Json {
  const entries = Object.entries(declared).map(([status, body]) => [
    status,
    { description: 'Done', headers: answerHeaders(changesAccess ?? false), ...content(body, schemas) },
  ])
  const responses = Object.fromEntries(entries) as Record<string, Json>
  if (!changesAccess) return responses
  return {
    200: { description: 'With `preview=true`: what it would do', ...content(Preview, schemas) },
    ...responses,
  }
}

function answerHeaders(changesAccess: boolean): Json {
  const header = (description: string) => ({ description, schema: { type: 'string' } })
  return {
    'X-Request-ID': header("The request's id"),
    ETag: header('The version of what is answered, where it has one'),
    ...(changesAccess && { 'Keyholder-Revision': header('The revision of each account that was changed') }),
  }
}

function content(body: AnswerBody, schemas: JsonSchemas): Json {
  if (isContent(body)) {
    const types = body.contentTypes.map((type) => [type, { schema: { type: 'string' } }])
    return { description: body.description, content: Object.fromEntries(types) as Json }
  }
  if (body instanceof z.ZodUndefined) return {}
  return { content: { 'application/json': { schema: schemas.of(body, 'output') } } }
}

/** The problems of an endpoint by status, each with the codes that it can carry. */
function refusals(endpoint: Endpoint, schemas: JsonSchemas): Json {
  const schema = schemas.of(Problem, 'output')
  const codes = problemsOf(endpoint)
  const statuses = [...new Set(codes.map((code) => problems[code].status))].toSorted((a, b) => a - b)
  const responses = statuses.map((status) => {
    const here = codes.filter((code) => problems[code].status === status)
    const description = here.map((code) => `\`${code}\`: ${problems[code].title}`).join('\n\n')
    return [status, { description, content: { 'application/problem+json': { schema } } }]
  })
  return Object.fromEntries(responses) as Json
}

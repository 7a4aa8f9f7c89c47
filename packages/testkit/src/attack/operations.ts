import { endpointsByFeature, openApi, type Access, type Slot } from '@keyholder/contract'
import { leavesOf, type Components, type Schema } from './json-schema.ts'

/** A place in a request at which somebody else's id could be put. */
export interface IdSlot {
  readonly in: 'path' | 'query' | 'header' | 'body'
  /** The name of the parameter, or the pattern of the place in the body. */
  readonly at: string
  readonly names: Slot
}

interface Parameter {
  readonly in: IdSlot['in']
  readonly name: string
  readonly required: boolean
  readonly schema: Schema
}

/** One operation of the OpenAPI document, as an attacker reads it. */
export interface Operation {
  readonly id: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly access: Extract<Access, string> | 'permission'
  readonly permission: string | undefined
  readonly parameters: readonly Parameter[]
  readonly body: Schema | undefined
  readonly slots: readonly IdSlot[]
  /** Text that is not said to name anything, as `query:q` or `body:/name`. */
  readonly texts: readonly string[]
  /** Whether a list with a cursor is answered. */
  readonly isList: boolean
  readonly changesAccess: boolean
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>
  readonly components: { readonly schemas: Components }
}

interface DocumentedOperation {
  readonly operationId: string
  readonly 'x-access': string | { readonly permission: string }
  readonly parameters: readonly Parameter[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> }
}

const document = openApi(endpointsByFeature, { version: 'attacked' }) as unknown as Document
export const components = document.components.schemas

/** The headers that name something. */
const namedInHeader: Readonly<Record<string, Slot>> = {
  'Keyholder-Act-As': 'user',
  'Keyholder-Support-Access': 'support_access',
}

/** Every operation of the API, from the document that is handed out to everybody. */
export const operations: readonly Operation[] = Object.entries(document.paths)
  // Where browsers come back to from identity providers: what is tried there stands beside it (T16 to T21).
  .filter(([path]) => !path.startsWith('/sso/'))
  .flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, documented]) => operationOf(path, method, documented)),
  )

function operationOf(path: string, method: string, documented: DocumentedOperation): Operation {
  const { operationId: id, 'x-access': access, parameters } = documented
  const body = documented.requestBody?.content['application/json']?.schema
  const places = [...parameters.flatMap(placesOfParameter), ...placesOfBody(body)]
  return {
    id,
    method: method.toUpperCase() as Operation['method'],
    path,
    access: typeof access === 'string' ? (access as Operation['access']) : 'permission',
    permission: typeof access === 'string' ? undefined : access.permission,
    parameters,
    body,
    slots: places.flatMap(({ names, ...place }) => (names === undefined ? [] : [{ ...place, names }])),
    texts: places.filter(({ names }) => names === undefined).map((place) => `${place.in}:${place.at}`),
    isList: parameters.some(({ name }) => name === 'cursor'),
    changesAccess: parameters.some(({ name }) => name === 'preview'),
  }
}

type Place = Omit<IdSlot, 'names'> & { readonly names: Slot | undefined }

function placesOfParameter({ in: part, name, schema }: Parameter): readonly Place[] {
  if (part === 'path') return [{ in: 'path', at: name, names: name as Slot }]
  if (part === 'header') {
    const names = namedInHeader[name]
    return names ? [{ in: 'header', at: name, names }] : []
  }
  return leavesOf(schema, components).map(({ names }) => ({
    in: part,
    at: name,
    names: names as Slot | undefined,
  }))
}

function placesOfBody(body: Schema | undefined): readonly Place[] {
  const leaves = body ? leavesOf(body, components) : []
  const found = leaves.map(({ pattern, names }): Place => ({
    in: 'body',
    at: pattern,
    names: names as Slot | undefined,
  }))
  return found.filter((place, index) => found.findIndex(({ at }) => at === place.at) === index)
}

import { setImmediate } from 'node:timers/promises'

/** A method of a client that reads, and the path of its request with `:id` for every id. */
export interface ReadMethod {
  /** `organization.users.list`. */
  readonly name: string
  readonly path: string
}

interface Resource {
  readonly [member: string]: unknown
}

type Method = (...values: readonly unknown[]) => unknown

/** Parameters with any id that a method asks for. */
const PARAMETERS: unknown = new Proxy({}, { get: (_target, name) => (typeof name === 'string' ? ID : undefined) })

const ID = 'castellan-id'

/** Arguments to try in turn: a method without ids takes the parameters first, the others their ids before. */
const ARGUMENTS: readonly (readonly unknown[])[] = [[PARAMETERS], [ID, PARAMETERS], [ID, ID, PARAMETERS]]

function isResource(value: unknown): value is Resource {
  return typeof value === 'object' && value !== null && '_client' in value
}

/** Every method of a resource and of those below it, by its name. */
function* methodsOf(resource: Resource, path: string): Generator<readonly [string, Resource, Method]> {
  for (let of: unknown = Object.getPrototypeOf(resource); of !== Object.prototype; of = Object.getPrototypeOf(of)) {
    for (const name of Object.getOwnPropertyNames(of)) {
      const method = resource[name]
      if (name !== 'constructor' && typeof method === 'function') yield [`${path}.${name}`, resource, method as Method]
    }
  }
  for (const [name, value] of Object.entries(resource)) {
    if (name !== '_client' && isResource(value)) yield* methodsOf(value, `${path}.${name}`)
  }
}

/**
 * Finds the methods of a client's resources that read, by calling each: one whose request is a GET reads. `requests` holds
 * what the client's `fetch` was asked for.
 */
export async function findReadMethods(
  roots: Readonly<Record<string, unknown>>,
  requests: { readonly method: string; readonly url: string }[],
): Promise<readonly ReadMethod[]> {
  const found: ReadMethod[] = []
  for (const [root, resource] of Object.entries(roots)) {
    if (!isResource(resource)) throw new Error(`${root} is not a resource of a client`)
    for (const [name, owner, method] of methodsOf(resource, root)) {
      const request = await callMethod(owner, method, requests)
      if (request === undefined) throw new Error(`${name} sends no request with any of the arguments that are tried`)
      if (request.method === 'GET') found.push({ name, path: new URL(request.url).pathname.replaceAll(ID, ':id') })
    }
  }
  return found
}

async function callMethod(
  owner: Resource,
  method: Method,
  requests: { readonly method: string; readonly url: string }[],
): Promise<{ readonly method: string; readonly url: string } | undefined> {
  for (const values of ARGUMENTS) {
    requests.length = 0
    try {
      // Its answer is of no interest, and an error of parsing it neither.
      void Promise.resolve(method.apply(owner, [...values])).catch(() => undefined)
    } catch {
      continue
    }
    for (let turns = 0; requests.length === 0 && turns < 50; turns += 1) await setImmediate()
    if (requests[0] !== undefined) return requests[0]
  }
  return undefined
}

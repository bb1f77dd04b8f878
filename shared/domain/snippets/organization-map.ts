import { plainJson } from '../text/visible-text.ts'
import { OPENAI } from '../providers/openai.ts'
import { pythonString, scriptString, variablePart } from '../literal.ts'

export const MAP_FORMATS = ['python', 'typescript', 'json'] as const
export type MapFormat = (typeof MAP_FORMATS)[number]

/** One organization of a client, and where a program finds its key. */
export interface MappedOrganization {
  /** Slug of the client. */
  readonly client: string
  readonly provider: string
  readonly organization: string
}

/** The vendor whose client library receives the organization: the map creates that client. */
const {
  id,
  name,
  snippet: { library },
} = OPENAI

interface Entry extends MappedOrganization {
  /** Its key in the map: the client, with a suffix that identifies the organization if the client has more than one. */
  readonly name: string
  readonly keyVariable: string
}

/** The map from clients to organizations, with an environment variable for each key. Names are unique. */
export function organizationMap(organizations: readonly MappedOrganization[]): Readonly<Record<MapFormat, string>> {
  const entries = toEntries(organizations)
  return {
    python: python(entries),
    typescript: typescript(entries),
    json: `${plainJson(
      JSON.stringify(
        Object.fromEntries(
          entries.map(({ name, provider, organization, keyVariable }) => [
            name,
            { provider, organization, keyVariable },
          ]),
        ),
        null,
        2,
      ),
    )}\n`,
  }
}

function toEntries(organizations: readonly MappedOrganization[]): Entry[] {
  const clients = Map.groupBy(organizations, ({ client }) => client)
  const taken = new Set<string>()
  return organizations.map((one) => {
    const own = clients.get(one.client) ?? []
    const alike = own.filter(({ provider }) => provider === one.provider)
    const parts = [
      one.client,
      ...(own.length > alike.length ? [one.provider] : []),
      ...(alike.length > 1 ? [one.organization] : []),
    ]
    const name = unused(parts.join(':'), taken)
    return { ...one, name, keyVariable: `${variablePart(one.provider)}_API_KEY_${variablePart(parts.join(' '))}` }
  })
}

/** Two connections of a client may open the same organization. */
function unused(name: string, taken: Set<string>): string {
  let free = name
  for (let n = 2; taken.has(free); n += 1) free = `${name}:${n}`
  taken.add(free)
  return free
}

function python(entries: readonly Entry[]): string {
  return `import os

from ${library.python} import ${library.name}

ORGANIZATIONS = {
${entries
  .map(
    ({ name, provider, organization, keyVariable }) =>
      `    ${pythonString(name)}: {"provider": ${pythonString(provider)}, "organization": ${pythonString(organization)}, "key": ${pythonString(keyVariable)}},\n`,
  )
  .join('')}}


def ${id}_client(client: str) -> ${library.name}:
    """The ${name} client of one client; KeyError if it is not in the map."""
    entry = ORGANIZATIONS[client]
    if entry["provider"] != "${id}":
        raise ValueError(f"{client} is not an organization at ${name}")
    return ${library.name}(api_key=os.environ[entry["key"]], organization=entry["organization"])
`
}

function typescript(entries: readonly Entry[]): string {
  return `import ${library.name} from '${library.typescript}'

const ORGANIZATIONS: Readonly<Record<string, { provider: string; organization: string; key: string }>> = {
${entries
  .map(
    ({ name, provider, organization, keyVariable }) =>
      `  ${scriptString(name)}: { provider: ${scriptString(provider)}, organization: ${scriptString(organization)}, key: ${scriptString(keyVariable)} },\n`,
  )
  .join('')}}

/** The ${name} client of one client. Throws if it is not in the map. */
export function ${id}Client(client: string): ${library.name} {
  const entry = Object.hasOwn(ORGANIZATIONS, client) ? ORGANIZATIONS[client] : undefined
  if (entry?.provider !== '${id}') throw new Error(\`\${client} is not an organization at ${name}\`)
  return new ${library.name}({ apiKey: process.env[entry.key], organization: entry.organization })
}
`
}

import type { Client } from '../../../shared/contract/clients.ts'
import { colour } from '../../../shared/contract/clients.ts'
import type { ClientKind } from '../../../shared/domain/client.ts'

/** The form of a client. An empty colour is chosen automatically. Domains are separated by commas or spaces. */
export interface ClientValues {
  name: string
  kind: ClientKind
  colour: string
  domains: string
  notes: string
}

export const NEW_CLIENT: ClientValues = { name: '', kind: 'client', colour: '', domains: '', notes: '' }

export function toValues(client: Client): ClientValues {
  const { name, kind, colour, domains, notes } = client
  return { name, kind, colour, domains: domains.join(', '), notes }
}

/** The mistakes in the values, by field, in words; empty without one. */
export function clientProblems(values: ClientValues): Partial<Record<keyof ClientValues, string>> {
  const problems: Partial<Record<keyof ClientValues, string>> = {}
  if (values.name.trim() === '') problems.name = 'Enter a name'
  if (values.colour !== '' && !colour.safeParse(values.colour).success) problems.colour = 'Enter a colour as #rrggbb'
  const wrong = parseDomains(values.domains).find((domain) => !/^[^\s@]+\.[^\s@]+$/u.test(domain))
  if (wrong !== undefined) problems.domains = `“${wrong}” is not a domain. Write it as example.com`
  return problems
}

/** The values as input of the contract. */
export function clientInput(values: ClientValues): {
  readonly name: string
  readonly kind: ClientKind
  readonly colour: string | undefined
  readonly domains: string[]
  readonly notes: string
} {
  return {
    name: values.name.trim(),
    kind: values.kind,
    colour: values.colour === '' ? undefined : values.colour.toLowerCase(),
    domains: parseDomains(values.domains),
    notes: values.notes,
  }
}

function parseDomains(typed: string): string[] {
  const words = typed.toLowerCase().split(/[\s,;]+/u)
  return [...new Set(words.filter((word) => word !== ''))]
}

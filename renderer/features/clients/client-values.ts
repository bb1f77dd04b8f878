import { clientContract, type Client } from '../../../shared/contract/clients.ts'
import type { ClientKind } from '../../../shared/domain/client.ts'
import { findProblems } from '../../ui/fields/problems.ts'

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
  const schema = clientContract.add['~orpc'].inputSchema
  const problems: Partial<Record<keyof ClientValues, string>> = schema ? findProblems(schema, clientInput(values)) : {}
  const wrong = parseDomains(values.domains).find((domain) => !/^[^\s@]+\.[^\s@]+$/u.test(domain))
  return wrong === undefined
    ? problems
    : { ...problems, domains: `“${wrong}” is not a domain. Write it as example.com` }
}

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

/** The fields that were changed, alone: what others changed meanwhile stays. */
export function clientChange(before: ClientValues, after: ClientValues): Partial<ReturnType<typeof clientInput>> {
  const was = clientInput(before)
  const changed = Object.entries(clientInput(after)).filter(
    ([field, value]) => JSON.stringify(value) !== JSON.stringify(was[field as keyof typeof was]),
  )
  return Object.fromEntries(changed)
}

function parseDomains(typed: string): string[] {
  const words = typed.toLowerCase().split(/[\s,;]+/u)
  return [...new Set(words.filter((word) => word !== ''))]
}

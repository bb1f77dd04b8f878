import type { RestrictionFact } from '../../../../shared/domain/facts.ts'

interface Holder {
  /** As `team:ID`. */
  readonly id: string
  readonly project: string | null
  /** Null for a team, whose models are those of everything in it. */
  readonly key: { readonly token: string; readonly name: string } | null
}

/** Words of the proxy that permit every model: an empty list does the same. */
const EVERY: ReadonlySet<string> = new Set(['all-proxy-models', '*'])

/** The models that a team or a key may call; nothing where it may call all. */
export function toModels({ id, project, key }: Holder, models: readonly string[] | null): readonly RestrictionFact[] {
  const names = models ?? []
  if (names.length === 0 || names.some((name) => EVERY.has(name))) return []
  return [
    {
      type: 'restriction',
      externalId: `models:${id}`,
      kind: 'models',
      name: key?.name ?? null,
      project,
      terms: [`only ${names.join(', ')}`],
      keys: key === null ? null : [key.token],
      members: key === null ? null : [],
    },
  ]
}

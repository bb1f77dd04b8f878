import type { ReviewSource } from '../../../shared/contract/reviews.ts'
import type { Json } from '../../../shared/domain/canonical-json.ts'
import { nameRow } from '../db/stable-names.ts'
import type { Reader } from '../db/handles.ts'
import type { FrozenItem } from './facts.ts'
import { itemLine, sourceLines } from './frozen-lines.ts'
import { writeFacts } from './stored-facts.ts'

/** Writes the lines of what a review freezes from what this register read; what is named often is looked up once. */
export function lineWriter(reader: Reader) {
  const names = new Map<string, Json>()
  const name = (thing: 'connection' | 'sync' | 'person', id: number): Json => {
    const place = `${thing} ${id}`
    const known = names.get(place) ?? nameRow(reader, thing, id)
    names.set(place, known)
    return known
  }
  return {
    sources: (sources: readonly ReviewSource[]): readonly string[] =>
      sourceLines(
        sources.map(({ connection: { id, label, provider, organizationId }, syncId, ...source }) => ({
          ...source,
          connection: name('connection', id) as string,
          sync: syncId === null ? null : (name('sync', syncId) as string),
          project: source.project ?? '',
          label,
          provider,
          organizationId,
        })),
      ),
    item: ({ connectionId, personId, flagged, facts, ...item }: FrozenItem): string =>
      itemLine(
        {
          ...item,
          connection: name('connection', connectionId) as string,
          principal: facts.principal?.externalId ?? null,
          key: facts.key?.externalId ?? null,
          project: facts.project?.externalId ?? null,
          flagged,
        },
        writeFacts(facts, personId === null ? null : name('person', personId)),
      ),
  }
}

import { lineageName, parseKeyName } from '../../shared/domain/naming.ts'
import type { Params, Writer } from './handles.ts'
import { policyLookup } from './policy.ts'

/** What is read from a key's name and place. */
export interface KeyWords {
  readonly environment: string | null
  readonly team: string | null
  readonly purpose: string | null
  readonly lineage: string
}

/**
 * Reads a key's name by its client's pattern. Two keys are versions of one logical key when they share a lineage:
 * project, owner, and the name without marks of a re-issue. The owner counts because consoles name keys alike by default.
 */
export function keyWords(
  key: { readonly name: string; readonly project: string | null; readonly owner: string | null },
  pattern: string,
): KeyWords {
  const parts = parseKeyName(key.name, pattern)
  return {
    environment: parts?.environment ?? null,
    team: parts?.team ?? null,
    purpose: parts?.purpose ?? null,
    lineage: JSON.stringify([key.project ?? '', key.owner ?? '', lineageName(key.name)]),
  }
}

interface NamedKey extends KeyWords {
  readonly id: number
  readonly client_id: number
  readonly name: string
  readonly project: string | null
  readonly owner: string | null
}

/** Reads anew what the names of some standing keys say, after a change of their name or of the pattern. */
export function deriveNames(writer: Writer, idsQuery: string, params: Params): void {
  const policyOf = policyLookup(writer)
  const keys = writer.all<NamedKey>(
    `SELECT k.id, cn.client_id, v.name, p.external_id AS project, v.owner_external_id AS owner, k.environment, k.team,
       k.purpose, k.lineage
     FROM key k JOIN key_version v ON v.key_id = k.id AND v.to_sync IS NULL
     JOIN connection cn ON cn.id = k.connection_id LEFT JOIN project p ON p.id = v.project_id WHERE k.id IN (${idsQuery})`,
    params,
  )
  const update = writer.prepare('UPDATE key SET environment = ?, team = ?, purpose = ?, lineage = ? WHERE id = ?')
  for (const key of keys) {
    const { environment, team, purpose, lineage } = keyWords(key, policyOf(key.client_id).keyNamePattern)
    const isSame =
      environment === key.environment && team === key.team && purpose === key.purpose && lineage === key.lineage
    if (!isSame) update([environment, team, purpose, lineage, key.id])
  }
}

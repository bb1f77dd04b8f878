import { isEnvironment, keyEnvironment, lineageName, parseKeyName } from '../../../shared/domain/naming.ts'
import type { Params, Writer } from '../db/handles.ts'
import { policyLookup } from '../clients/policy.ts'

/** What is read from a key's name and project. */
export interface KeyWords {
  readonly environment: string | null
  readonly team: string | null
  readonly purpose: string | null
  readonly lineage: string
  readonly followsPattern: boolean
}

interface KeyWithName {
  readonly name: string
  readonly hint: string | null
  readonly project: string | null
  readonly projectName: string | null
  readonly owner: string | null
  readonly createdAt: number | null
}

/**
 * Parses a key's name by its client's pattern. Two keys are versions of one logical key when they share a lineage:
 * project, owner, and the name without re-issue suffixes. The owner counts because consoles give keys the same default
 * name. A key without a name goes by its ending, which a rotation changes: its creation counts in its place.
 */
export function keyWords(key: KeyWithName, pattern: string): KeyWords {
  const parts = parseKeyName(key.name, pattern)
  return {
    environment: keyEnvironment({ name: key.name, project: key.projectName }, pattern),
    team: parts?.team ?? null,
    purpose: parts?.purpose ?? null,
    lineage: JSON.stringify([key.project ?? '', key.owner ?? '', lineageWord(key)]),
    followsPattern: parts !== null && (parts.environment === null || isEnvironment(parts.environment)),
  }
}

function lineageWord({ name, hint, createdAt }: KeyWithName): string | number {
  return name === hint && createdAt !== null ? createdAt : lineageName(name)
}

interface NamedKey extends Omit<KeyWords, 'followsPattern'>, KeyWithName {
  readonly id: number
  readonly clientId: number
  readonly followsPattern: number
}

/** Parses the names of some current keys again, after a change of their name, their project's name or the pattern. */
export function deriveNames(writer: Writer, idsQuery: string, params: Params): void {
  const getPolicy = policyLookup(writer)
  const keys = writer.all<NamedKey>(
    `SELECT k.id, cn.client_id AS clientId, k.name, k.hint, p.external_id AS project, k.project_name AS projectName,
       k.owner_external_id AS owner, k.created_at AS createdAt, k.named_environment AS environment, k.named_team AS team,
       k.named_purpose AS purpose, k.lineage, k.follows_pattern AS followsPattern
     FROM reported_key_row k JOIN connection cn ON cn.id = k.connection_id LEFT JOIN project p ON p.id = k.project_id
     WHERE k.id IN (${idsQuery})`,
    params,
  )
  const update = writer.prepare(
    'UPDATE key SET environment = ?, team = ?, purpose = ?, lineage = ?, follows_pattern = ? WHERE id = ?',
  )
  for (const key of keys) {
    const words = keyWords(key, getPolicy(key.clientId).keyNamePattern)
    const reported = [
      words.environment,
      words.team,
      words.purpose,
      words.lineage,
      Number(words.followsPattern),
    ] as const
    const held = [key.environment, key.team, key.purpose, key.lineage, key.followsPattern]
    if (reported.some((value, at) => value !== held[at])) update([...reported, key.id])
  }
}

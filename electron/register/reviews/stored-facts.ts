import { id } from '../../../shared/contract/common.ts'
import type { ItemFacts } from '../../../shared/contract/reviews.ts'
import type { Json } from '../../../shared/domain/canonical-json.ts'

/** The numbers of an item's facts, which mean something in this register only. */
export const FACT_NUMBERS = {
  connectionId: id,
  principalId: id.nullable(),
  keyId: id.nullable(),
  logicalKeyId: id.nullable(),
  projectId: id.nullable(),
  personId: id.nullable(),
}

interface Numbers {
  readonly connectionId: number
  readonly principalId: number | null
  readonly keyId: number | null
  readonly logicalKeyId: number | null
  readonly projectId: number | null
  readonly personId: number | null
}

/** The facts of an item as they are frozen: the same in every register. `person` is named by an address or an account. */
export function writeFacts(facts: ItemFacts, person: Json): string {
  const { principal, key, personId: _, connection, project, ...rest } = facts
  return JSON.stringify({
    principal: principal && without(principal, 'id'),
    key: key && without(key, 'id', 'logicalKeyId'),
    person,
    connection: without(connection, 'id'),
    project: project && without(project, 'id'),
    ...rest,
  })
}

/** The facts of an item with this register's numbers. */
export function readFacts(stored: string, numbers: Numbers): ItemFacts {
  const {
    person: _,
    principal,
    key,
    connection,
    project,
    ...rest
  } = JSON.parse(stored) as Omit<ItemFacts, 'personId'> & {
    readonly person: Json
  }
  return {
    principal: principal && { ...principal, id: numbers.principalId ?? 0 },
    key: key && { ...key, id: numbers.keyId ?? 0, logicalKeyId: numbers.logicalKeyId ?? 0 },
    personId: numbers.personId,
    connection: { ...connection, id: numbers.connectionId },
    project: project && { ...project, id: numbers.projectId ?? 0 },
    ...rest,
  }
}

function without<T extends object, K extends keyof T>(value: T, ...fields: readonly K[]): Omit<T, K> {
  const left = { ...value }
  for (const field of fields) delete left[field]
  return left
}

import type { Policy } from '../../../shared/domain/policy.ts'
import type { ReviewSource } from '../../../shared/contract/reviews.ts'
import type { Writer } from '../db/handles.ts'
import type { Freezing } from './facts.ts'
import { policyLine } from './frozen-lines.ts'
import { lineWriter } from './line-writer.ts'
import { keepFrozen } from './frozen-store.ts'
import { keyItems } from './key-facts.ts'
import { selectPopulation } from './population.ts'
import { principalItems } from './principal-facts.ts'

/**
 * The number of items whose facts are gathered together: a few statements for each chunk, and only one chunk in memory.
 */
const CHUNK = 5000

const WHO = '(SELECT p.display_name FROM account_ref p WHERE p.id = i.principal_id)'
const KEY = '(SELECT k.name FROM reported_key_row k WHERE k.id = i.key_id)'
const PROJECT = '(SELECT n.name FROM project_now n WHERE n.id = i.project_id)'

export interface Population {
  readonly items: number
  readonly flagged: number
  /** SHA-256 over all of it, in hex. */
  readonly population: string
}

export interface Terms {
  readonly policy: Policy
  readonly sources: readonly ReviewSource[]
}

/** Numbers a population, by connection and name, and keeps it with its current facts for the operation that opens the review. */
export function freeze(writer: Writer, freezing: Freezing & Terms): Population {
  layOut(writer, freezing)
  const items = writer.value<number>('SELECT count(*) FROM temp.review_population') ?? 0
  const counted = { items, flagged: 0 }
  const population = keepFrozen(writer, gatherLines(writer, freezing, counted))
  writer.run('DELETE FROM temp.review_population')
  writer.run('DELETE FROM temp.review_before')
  return { ...counted, population }
}

function* gatherLines(
  writer: Writer,
  { policy, sources, ...freezing }: Freezing & Terms,
  counted: { readonly items: number; flagged: number },
): Generator<string> {
  const line = lineWriter(writer)
  yield policyLine(JSON.stringify(policy))
  yield* line.sources(sources)
  for (let from = 1; from <= counted.items; from += CHUNK) {
    const part = { ...freezing, from, to: from + CHUNK - 1 }
    const gathered = [...principalItems(writer, part), ...keyItems(writer, part)]
    for (const item of gathered.toSorted((a, b) => a.position - b.position)) {
      if (item.flagged) counted.flagged += 1
      yield line.item(item)
    }
  }
}

/** The population in its order, and the roles that the previous review froze. */
function layOut(writer: Writer, { kind, clientId, at, today, previousId }: Freezing): void {
  writer.run(
    `CREATE TEMP TABLE IF NOT EXISTS review_population (position INTEGER PRIMARY KEY, connection_id INTEGER,
       principal_id INTEGER, key_id INTEGER, project_id INTEGER)`,
  )
  writer.run(
    `CREATE TEMP TABLE IF NOT EXISTS review_before (principal_id INTEGER, project_id INTEGER, role TEXT,
       PRIMARY KEY (principal_id, project_id)) WITHOUT ROWID`,
  )
  writer.run('DELETE FROM temp.review_population')
  writer.run('DELETE FROM temp.review_before')
  const population = selectPopulation(kind, clientId, { now: at, today })
  writer.run(
    `INSERT INTO temp.review_population (connection_id, principal_id, key_id, project_id)
     SELECT i.connection_id, i.principal_id, i.key_id, i.project_id FROM (${population.text}) i
     JOIN connection cn ON cn.id = i.connection_id
     ORDER BY cn.label COLLATE NOCASE, cn.id, i.key_id IS NOT NULL,
       CASE WHEN i.key_id IS NULL THEN ${WHO} ELSE ${KEY} END COLLATE NOCASE, ${PROJECT} COLLATE NOCASE,
       i.principal_id, i.key_id, i.project_id`,
    population.params,
  )
  if (previousId === null) return
  writer.run(
    `INSERT OR IGNORE INTO temp.review_before
     SELECT b.principal_id, ifnull(b.project_id, 0), json_extract(y.facts, '$.roleNow') FROM review_item b
     JOIN review_item_facts y ON y.item_id = b.id
     WHERE b.review_id = ? AND b.principal_id IS NOT NULL`,
    [previousId],
  )
}

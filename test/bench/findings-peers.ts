import { createReadStream, rmSync, writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

import Sqlite from 'better-sqlite3'

import type { Reader } from '../../electron/register/db/handles.ts'
import type { Day } from '../../shared/domain/day.ts'

/** The same organizations as flat tables, as a script would have fetched them. */
export interface Flat {
  readonly database: string
  /** One key a line. */
  readonly keys: string
}

const KEYS = `SELECT k.id, k.connection_id AS org, k.project_id AS project, k.kind, k.name, k.environment, k.owner_state, k.owner_kind,
  k.owner_external_id AS owner, k.created_at, k.last_use_state, k.last_used_at, k.due_on FROM key_row k`
const PEOPLE = `SELECT p.id, p.connection_id AS org, p.external_id, p.name, p.email, p.last_used_at, p.added_at FROM account_row p`
const PROJECTS = `SELECT n.id, n.connection_id AS org, n.name, n.status, n.is_default, n.created_at FROM project_row n`
const GRANTS = `SELECT g.connection_id AS org, g.principal_id AS person, g.project_id AS project, g.level FROM grant g WHERE g.to_sync IS NULL`

type Row = Readonly<Record<string, string | number | null>>

/** Writes what the questions below need, indexed as for daily use. */
export function writeFlat(reader: Reader, to: Flat): void {
  rmSync(to.database, { force: true })
  const db = new Sqlite(to.database)
  const fill = (table: string, sql: string): readonly Row[] => {
    const rows = reader.all<Row>(sql)
    const columns = Object.keys(rows[0] ?? {})
    db.exec(`CREATE TABLE ${table} (${columns.join(', ')})`)
    const insert = db.prepare(`INSERT INTO ${table} VALUES (${columns.map((column) => `:${column}`).join(', ')})`)
    db.transaction(() => rows.forEach((row) => insert.run(row)))()
    return rows
  }
  const keys = fill('keys', KEYS)
  fill('people', PEOPLE)
  fill('projects', PROJECTS)
  fill('grants', GRANTS)
  db.exec('CREATE INDEX keys_of_project ON keys (project); CREATE INDEX keys_of_owner ON keys (org, owner)')
  db.exec('CREATE INDEX grants_of_person ON grants (person); CREATE UNIQUE INDEX person ON people (id)')
  db.close()
  writeFileSync(to.keys, keys.map((row) => JSON.stringify(row)).join('\n'))
}

interface When {
  readonly now: number
  readonly today: Day
}

const DAY = 86_400_000
const ago = (now: number, days: number): number => now - days * DAY

/** The questions of some rules by the policy as it comes, in SQL over the flat tables: rule, subject, what it rests on. */
export function questionsInSql({ now, today }: When): string {
  const questions: Readonly<Record<string, string>> = {
    'rotation-overdue': `id, due_on FROM keys WHERE kind <> 'admin' AND due_on < '${today}'`,
    'key-unused': `id, last_used_at FROM keys WHERE last_use_state = 'known' AND last_used_at <= ${ago(now, 45)} AND last_used_at > ${ago(now, 90)}`,
    'key-unused-remove': `id, last_used_at FROM keys WHERE last_use_state = 'known' AND last_used_at <= ${ago(now, 90)}`,
    'key-never-used': `id, created_at FROM keys WHERE last_use_state = 'never' AND created_at <= ${ago(now, 30)}`,
    'personal-key-in-production': `id, owner FROM keys WHERE environment = 'production' AND owner_state = 'known' AND owner_kind = 'user'`,
    'environments-mixed': `project, sum(environment = 'production') AS p FROM keys GROUP BY project
      HAVING p > 0 AND sum(environment IN ('development', 'test', 'staging')) > 0`,
    'default-project-in-use': `n.id, count(*) FROM projects n JOIN keys k ON k.project = n.id WHERE n.is_default = 1 GROUP BY n.id`,
    'project-idle': `n.id, max(k.last_used_at) FROM projects n JOIN keys k ON k.project = n.id WHERE n.status = 'active'
      GROUP BY n.id HAVING max(max(ifnull(k.last_used_at, 0), k.created_at)) <= ${ago(now, 90)}`,
    'member-unused': `p.id, p.last_used_at FROM people p WHERE p.last_used_at <= ${ago(now, 90)}
      AND NOT EXISTS (SELECT 1 FROM keys k WHERE k.org = p.org AND k.owner = p.external_id AND k.last_used_at > ${ago(now, 90)})`,
    'privileged-too-many': `org, count(DISTINCT person) FROM grants WHERE project IS NULL AND level IN ('owner', 'admin')
      GROUP BY org HAVING count(DISTINCT person) > 5`,
    'external-many-projects': `p.id, count(DISTINCT g.project) FROM people p JOIN grants g ON g.person = p.id
      WHERE p.email NOT LIKE '%@org%.example' GROUP BY p.id HAVING count(DISTINCT g.project) > 1`,
  }
  return Object.entries(questions)
    .map(([rule, question]) => `SELECT '${rule}', ${question};`)
    .join('\n')
}

/** Five of them over the keys alone, one line each, for `jq`. */
export function questionsInJq({ now, today }: When): string {
  return [
    `if .due_on != null and .due_on < "${today}" then ["rotation-overdue", .id] else empty end`,
    `if .last_use_state == "known" and .last_used_at <= ${ago(now, 45)} and .last_used_at > ${ago(now, 90)} then ["key-unused", .id] else empty end`,
    `if .last_use_state == "known" and .last_used_at <= ${ago(now, 90)} then ["key-unused-remove", .id] else empty end`,
    `if .last_use_state == "never" and .created_at <= ${ago(now, 30)} then ["key-never-used", .id] else empty end`,
    `if .environment == "production" and .owner_kind == "user" then ["personal-key-in-production", .id] else empty end`,
  ]
    .map((question) => `(${question} | @csv)`)
    .join(', ')
}

/** How often each rule is first in the lines of an answer. */
export async function countsIn(path: string): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>()
  for await (const line of createInterface({ input: createReadStream(path) })) {
    const rule = line.split(',', 1)[0]?.replaceAll('"', '') ?? ''
    counts.set(rule, (counts.get(rule) ?? 0) + 1)
  }
  return counts
}

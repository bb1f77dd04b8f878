import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'

import { expect, it } from 'vitest'

const FOLDER = resolve('electron/team/postgres')
/** The statements: what is in quotes or templates and begins as SQL does. */
const statements = readdirSync(FOLDER).flatMap((file) =>
  [
    ...readFileSync(resolve(FOLDER, file), 'utf8').matchAll(
      /(['`])(\s*(?:SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|GRANT|FROM|WITH|WHERE)\b[\s\S]*?)\1/gu,
    ),
  ].map((match): readonly [string, string] => [file, match[2] ?? '']),
)

/** What one of PostgreSQL, Citus, YugabyteDB and CockroachDB has not, or not as the others. None of the three is run here. */
const FORBIDDEN = [
  ['triggers', /\bTRIGGER\b/iu],
  ['functions and blocks', /\b(?:FUNCTION|PROCEDURE|LANGUAGE)\b|\bDO\b\s*\$/iu],
  ['extensions', /\bEXTENSION\b/iu],
  ['sequences', /\b(?:SEQUENCE|serial|bigserial|IDENTITY|nextval)\b/iu],
  ['notifications', /\b(?:LISTEN|NOTIFY)\b/u],
  ['advisory locks', /advisory/iu],
  ['settings of a session', /\bSET (?:LOCAL|SESSION|search_path|ROLE)\b/iu],
  ['temporary tables', /\bTEMP(?:ORARY)?\b/iu],
  ['enumerations', /\bAS ENUM\b/iu],
  ['other levels of isolation', /ISOLATION LEVEL/iu],
] as const

it('the statements are found', () => {
  expect(statements.length).toBeGreaterThan(40)
})

it.each(FORBIDDEN)('the statements use no %s', (_, form) => {
  expect(statements.filter(([, text]) => form.test(text))).toEqual([])
})

it('every table of a stream has the stream in each of its keys, and every name is qualified', () => {
  const tables = statements.filter(([, text]) => /^\s*CREATE TABLE/u.test(text)).map(([, text]) => text)
  expect(tables).toHaveLength(9)
  const keys = tables
    .filter((text) => !text.includes('castellan.server'))
    .flatMap((text) => [...text.matchAll(/(?:PRIMARY KEY|UNIQUE|FOREIGN KEY) \(([^)]+)\)|(\w+) uuid PRIMARY KEY/gu)])
    .map((match) => match[1] ?? match[2] ?? '')
  expect(keys.length).toBeGreaterThan(6)
  expect(keys.filter((columns) => !columns.includes('stream_id'))).toEqual([])
  const unqualified = statements.filter(([, text]) =>
    /\b(?:FROM|INTO|UPDATE|TABLE|JOIN)\s+(?!placed_at\b|castellan\.|pg_roles|pg_auth_members|due\b|leased\b|pg_stat_activity|unnest|\$\{|\(|LATERAL)[a-z]/u.test(
      text,
    ),
  )
  expect(unqualified).toEqual([])
})

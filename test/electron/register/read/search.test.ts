import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { applyReading } from '../../../../electron/register/apply/apply.ts'
import type { Register } from '../../../../electron/register/register.ts'
import { find } from '../../../../electron/register/read/search.ts'
import { SEARCH_KINDS } from '../../../../shared/contract/files.ts'
import { compareFolded, foldName } from '../../../../shared/domain/text/fold-name.ts'
import { getReading, key, newBriefRegister, newConnection, project, user } from '../registers.ts'

const AT = Date.UTC(2026, 3, 20)

/** Names that begin with each other, in both cases, also beyond ASCII and beyond the first plane. */
const someName = fc
  .array(fc.constantFrom('web', 'Web', 'prod', 'É', 'é', '-', '1', '𝒳', '�', '%', '_'), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join(''))

const someNames = fc.array(someName, { maxLength: 7 })

interface Names {
  readonly people: readonly string[]
  readonly keys: readonly string[]
  readonly projects: readonly string[]
}

const someAgency = fc.array(fc.record<Names>({ people: someNames, keys: someNames, projects: someNames }), {
  minLength: 4,
  maxLength: 4,
})

/** The clients of the four connections; the last one is archived. */
const CLIENTS = ['acme', 'borealis', 'acme', 'closed'] as const

interface Subject {
  readonly kind: 'person' | 'key' | 'project'
  readonly client: string
  readonly name: string
  readonly text: string
}

/** Writes an agency, and lists what a search should find, by the ids that it got. */
function write(register: Register, agency: readonly Names[]): ReadonlyMap<string, Subject> {
  const connections = CLIENTS.map((slug, n) => newConnection(register, slug, n === 2 ? 'anthropic' : 'openai'))
  for (const [n, { people, keys, projects }] of agency.entries()) {
    const facts = [
      {
        source: 'users' as const,
        facts: people.map((name, m) => user(`u${n}-${m}`, { name, email: `m${n}${m}@x.example` })),
      },
      {
        source: 'projects' as const,
        facts: [project('home', { name: 'home' }), ...projects.map((name, m) => project(`p${n}-${m}`, { name }))],
      },
      {
        source: 'project-keys' as const,
        project: 'home',
        facts: keys.map((name, m) => key(`k${n}-${m}`, { name, project: 'home', hint: null })),
      },
    ]
    register.transact((writer) => applyReading(writer, getReading(connections[n] ?? 0, facts, AT)))
  }
  register.transact((writer) => writer.run("UPDATE client SET archived_at = 1 WHERE slug = 'closed'"))
  const rows = register.reader.all<Subject & { readonly id: number }>(
    `SELECT 'person' AS kind, n.id, n.name, concat(n.name, char(10), n.email) AS text, c.slug AS client FROM person n JOIN principal p ON p.person_id = n.id
       JOIN connection cn ON cn.id = p.connection_id JOIN client c ON c.id = cn.client_id
     UNION ALL SELECT 'key', k.id, k.name, concat(k.name, char(10), k.external_id), c.slug FROM key_row k
       JOIN connection cn ON cn.id = k.connection_id JOIN client c ON c.id = cn.client_id
     UNION ALL SELECT 'project', p.id, p.name, concat(p.name, char(10), p.external_id), c.slug FROM project_row p
       JOIN connection cn ON cn.id = p.connection_id JOIN client c ON c.id = cn.client_id`,
  )
  return new Map(rows.map((row) => [`${row.kind} ${row.id}`, row]))
}

const KINDS = ['person', 'key', 'project']

/** What a search should answer, by looking at every subject: `kind id`, in order. */
function reference(subjects: ReadonlyMap<string, Subject>, client: string | undefined, text: string, limit: number) {
  const folded = foldName(text)
  const isShort = Array.from(text).length < 3
  const searched = ({ kind, name, text: all }: Subject): string => foldName(isShort && kind !== 'person' ? name : all)
  const all = [...subjects]
    .filter(([, subject]) => (client === undefined ? subject.client !== 'closed' : subject.client === client))
    .map(([id, subject]) => {
      const name = foldName(subject.name)
      return {
        id,
        name,
        kind: subject.kind,
        rank: name === folded ? 0 : name.startsWith(folded) ? 1 : 2,
        holds: searched(subject).includes(folded),
      }
    })
    .filter(({ holds }) => holds)
    .toSorted(
      (a, b) =>
        a.rank - b.rank ||
        KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) ||
        compareFolded(a.name, b.name) ||
        Number(a.id.split(' ')[1]) - Number(b.id.split(' ')[1]),
    )
  const share = Math.floor(limit / SEARCH_KINDS.length)
  const sure = new Set(KINDS.flatMap((kind) => all.filter((one) => one.kind === kind).slice(0, share)))
  const rest = new Set(all.filter((one) => !sure.has(one)).slice(0, limit - sure.size))
  return { rows: all.filter((one) => sure.has(one) || rest.has(one)).map(({ id }) => id), more: all.length > limit }
}

describe('a search', () => {
  it('answers what looking at every subject answers, in the same order', () => {
    fc.assert(
      fc.property(someAgency, fc.array(someName, { minLength: 1, maxLength: 6 }), (agency, texts) => {
        const register = newBriefRegister(() => AT)
        try {
          const subjects = write(register, agency)
          for (const text of [...texts, 'web', 'prod-', 'w', 'é', '%_']) {
            for (const client of [undefined, 'acme', 'closed']) {
              for (const limit of [1, 4, 9, 50]) {
                const { rows, more } = find(register.reader, { client }, text, limit)
                const found = rows.map(({ kind, id }) => `${kind} ${id}`)
                expect({ text, client, limit, rows: found, more }).toEqual({
                  text,
                  client,
                  limit,
                  ...reference(subjects, client, text.trim(), limit),
                })
              }
            }
          }
        } finally {
          register.close()
        }
      }),
      { numRuns: 12 },
    )
  })

  it('puts the name itself first among thousands that begin with it or contain it, wherever it is', () => {
    const register = newBriefRegister(() => AT)
    try {
      const connection = newConnection(register)
      const other = newConnection(register, 'borealis')
      const many = Array.from({ length: 1500 }, (_, n) => key(`k${n}`, { name: `Équipe-${n}` }))
      const holding = Array.from({ length: 1500 }, (_, n) => key(`h${n}`, { name: `our équipe ${n}` }))
      const read = (id: number, facts: readonly ReturnType<typeof key>[]): unknown =>
        register.transact((writer) =>
          applyReading(
            writer,
            getReading(
              id,
              [
                { source: 'projects', facts: [project('proj_a')] },
                { source: 'project-keys', project: 'proj_a', facts },
              ],
              AT,
            ),
          ),
        )
      read(connection, [...many, ...holding])
      read(other, [key('last', { name: 'éQUIPE' }), key('mine', { name: 'my équipe' })])
      const { rows, more } = find(register.reader, {}, 'équipe', 8)
      expect(rows[0]?.title).toBe('éQUIPE')
      expect(rows.map(({ title }) => title).slice(1, 4)).toEqual(['Équipe-0', 'Équipe-1', 'Équipe-10'])
      expect(more).toBe(true)
      // Of the other client, behind the entries of the first one.
      expect(find(register.reader, { client: 'borealis' }, 'équipe', 8)).toMatchObject({
        rows: [{ title: 'éQUIPE' }, { title: 'my équipe' }],
        more: false,
      })
    } finally {
      register.close()
    }
  })
})

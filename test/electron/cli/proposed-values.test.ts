import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { InvalidArgumentError } from 'commander'
import { beforeAll, describe, expect, it } from 'vitest'

import { POLICY, POLICY_NAMES } from '../../../shared/domain/policy.ts'
import { putSample } from '../../sample-profile.ts'
import { newCastellan } from './castellan.ts'
import { commandTree } from './commands.ts'

/** Words that introduce the values of a message, the most exact first. */
const BEFORE = [
  /Allowed choices are /u,
  /\b(?:such as|for example) /u,
  /\bone (?:or more )?of:? /u,
  /\bWrite (?:it|a \w+) as (?:it was printed: )?/u,
  /\b(?:There are|Rules|columns are|jobs are|Choose one|Name one|name them|Name it): /u,
  /\bDid you mean /u,
  /\b(?:at least|at most|up to|from) /u,
  /\bType /u,
  /\bor add /u,
  /\bmust be /u,
  /\bWrite /u,
]

/** The values that a message proposes, without those that only name a kind, such as “a whole number”. */
function valuesIn(message: string): readonly string[] {
  const before = BEFORE.find((words) => words.test(message))
  if (before === undefined) return []
  const [, rest = ''] = message.split(before)
  const [list = ''] = rest.split(/[.?;](?=\s|$)| See: | to accept | on\.|\n|, with(?:out)? /u)
  return list
    .split(/,? or |, and |, (?=(?:[^"]*"[^"]*")*[^"]*$)/u)
    .map((value) =>
      value
        .replace(/ \([^)]*\)$/u, '')
        .replace(/^--[a-z-]+ /u, '')
        .replace(/^"(.*)"$/u, '$1')
        .trim(),
    )
    .filter((value) => value !== '' && !/^(?:an?|the) /u.test(value))
    .map((value) => value.replace(/^#[rgb]+$/u, '#00aaff'))
}

describe('the values that a message proposes', () => {
  it.each([
    ['Write billed or internal.', ['billed', 'internal']],
    ['Allowed choices are table, json, md.', ['table', 'json', 'md']],
    ['Write a day as 2026-11-25, today, or 7d (in 7 days).', ['2026-11-25', 'today', '7d']],
    ['Did you mean acme-corp? List all slugs: castellan client list.', ['acme-corp']],
    ['Write a colour as #rrggbb.', ['#00aaff']],
    ['must be one of none, project See: castellan policy show', ['none', 'project']],
    ['must be a whole number', []],
  ])('are found in “%s”: %j', (message, values) => {
    expect(valuesIn(message)).toEqual(values)
  })
})

interface Reader {
  readonly name: string
  readonly read: (text: string) => unknown
}

/** The readers of all options and arguments that read their value. */
async function listReaders(): Promise<readonly Reader[]> {
  return (await commandTree()).flatMap(({ path, command }) =>
    [...command.options, ...command.registeredArguments].flatMap((each) => {
      const parse = each.parseArg
      const name = `${path} ${'long' in each ? (each.long ?? each.flags) : each.name()}`
      return parse === undefined ? [] : [{ name, read: (text: string) => parse(text, undefined as never) }]
    }),
  )
}

/** The message with which a reader refuses a text; null where it takes it. */
function refusalOf({ read }: Reader, text: string): string | null {
  try {
    read(text)
    return null
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const hint = 'hint' in error && typeof error.hint === 'string' ? error.hint : ''
    return error instanceof InvalidArgumentError ? error.message : `${error.message} ${hint}`
  }
}

describe('an option or argument that refuses a word', () => {
  it('proposes values, and takes each of them', async () => {
    const readers = await listReaders()
    const refusing = readers.flatMap((reader) => {
      const message = refusalOf(reader, 'no such word')
      return message === null ? [] : [{ reader, message }]
    })
    expect(refusing.length).toBeGreaterThan(250)
    const wrong = refusing.flatMap(({ reader, message }) => {
      const values = valuesIn(message)
      if (values.length === 0) return [`${reader.name} proposes nothing: ${message}`]
      return values.flatMap((value) => {
        const again = refusalOf(reader, value)
        return again === null ? [] : [`${reader.name} proposes ${value}, and answers: ${again}`]
      })
    })
    expect(wrong).toEqual([])
  })
})

const castellan = newCastellan()
const folder = mkdtempSync(join(tmpdir(), 'castellan-proposals-'))
const people = join(folder, 'people.csv')
const taken = join(folder, 'taken')

/** Ids of the sample, read before it is changed. */
const ids = { finding: '', critical: '', key: '', review: '' }

beforeAll(async () => {
  await putSample(castellan.profile)
  writeFileSync(people, 'name,email,role\nJane,jane@acme.example,owner\n')
  writeFileSync(taken, 'Another file')
  const rows = async (...argv: readonly string[]) => (await castellan.run(...argv, '--json')).json()
  const findings = await rows('finding', 'list')
  ids.critical = String(findings.find(({ severity }) => severity === 'critical')?.['findingId'])
  ids.finding = String(findings.find(({ severity }) => severity === 'medium')?.['findingId'])
  ids.key = String((await rows('key', 'list'))[0]?.['keyId'])
  await castellan.run('review', 'open', '--check', 'roles', '--client', 'acme-corp', '--override', 'A test')
  ids.review = String((await rows('review', 'list'))[0]?.['reviewId'])
})

/** The words that a shell makes of a line, with the ids of the sample. */
function toWords(line: string): readonly string[] {
  return [...line.matchAll(/'([^']*)'|(\S+)/gu)].map(([, quoted, plain]) =>
    (quoted ?? plain ?? '').replace(/^:(\w+)$/u, (_, name: keyof typeof ids) => ids[name]).replace(/^FILE$/u, people),
  )
}

const VALUE = '{}'

/** Command lines with the place of a value, and a word that is not valid there. */
const LINES: readonly (readonly [line: string, word: string])[] = [
  ['finding list --rule {}', 'x'],
  ['usage matrix {}', 'x'],
  ['client edit {} --notes x', 'acme-cor'],
  ['key list --client {}', 'heliotide-clinic'],
  ['anomaly list --minimum {}', 'x'],
  ['usage price set gpt-5 --from today --input {} --output 1', 'x'],
  ['report weekly --week {}', 'x'],
  ['report monthly --month {}', 'x'],
  ['usage list --month {}', 'x'],
  ['usage compare --month {}', 'x'],
  ['usage reconciliation --month {}', 'x'],
  ['budget set {} --client acme-corp', 'x'],
  ['budget set {} --client acme-corp', '1.005'],
  ['budget set 5 --client acme-corp --thresholds {}', 'x'],
  ['finding reopen --accepted-at {}', 'x'],
  ["finding accept :finding --until {} --why 'Freeze'", '3650d'],
  ["finding accept :critical --until 7d --why 'Freeze' --confirm {}", 'x'],
  ['rotation mark :key --on {}', '2001-01-01'],
  ['plan person ann@acme.example --job {}', 'x'],
  ['import FILE --kind people --client acme-corp --dry-run --map role={}', 'x'],
  ['import FILE --kind people --client acme-corp --dry-run --map {}=name', 'x'],
  ['report settings --client acme-corp --currency {}', 'zz'],
  ['client add Bb --domain {}', 'x'],
  ['client add Cc --slug {}', 'X_'],
  ['update feed {}', 'ftp://x'],
  ['connection add --client acme-corp --provider openai --no-credential --base-url {}', 'x'],
  ['runner install --profile /srv/castellan --user {}', 'root!'],
  ['policy set keyNamePattern={}', 'x'],
]

/** Up to eight of a list, from both of its ends. */
function some(values: readonly string[]): readonly string[] {
  return values.length <= 8 ? values : [...values.slice(0, 4), ...values.slice(-4)]
}

/** Runs a line with a word that is not valid, then with each value that the message proposes. */
async function tryProposals(line: string, word: string): Promise<readonly string[]> {
  const fill = (value: string) => toWords(line).map((each) => each.replace(VALUE, () => value))
  const refused = await castellan.run(...fill(word))
  const hint = refused.err.trim().split('\n').at(-1) ?? ''
  const values = valuesIn(hint).length > 0 ? valuesIn(hint) : valuesIn(refused.err)
  if (refused.code === 0 || values.length === 0) return [`${line} proposes nothing: ${refused.err}${refused.out}`]
  const wrong: string[] = []
  for (const value of some(values)) {
    const { err, code } = await castellan.run(...fill(value))
    // Another check may refuse it; the one that proposed it may not.
    if (code === 2 || (err !== '' && err.includes(hint))) wrong.push(`${line} proposes ${value}, and answers: ${err}`)
  }
  return wrong
}

describe('a command that refuses a value', () => {
  it.each(LINES)('such as %s accepts each value that it proposes instead of %s', async (line, word) => {
    expect(await tryProposals(line, word)).toEqual([])
  })

  it('takes each view that a list proposes', async () => {
    const lists = (await commandTree()).filter(({ command }) => command.options.some(({ long }) => long === '--view'))
    expect(lists.length).toBeGreaterThan(5)
    const wrong: string[] = []
    for (const { path } of lists) wrong.push(...(await tryProposals(`${path} --view {}`, 'x')))
    expect(wrong).toEqual([])
  })

  it('takes each value that it proposes for a rule of the policy', async () => {
    const proposed = new Map<string, Set<string>>()
    for (const name of POLICY_NAMES) {
      for (const word of ['x', '0', '999999999']) {
        const { code, err } = await castellan.run('policy', 'set', `${name}=${word}`, '--client', 'nope')
        const values = code === 2 ? valuesIn(err) : []
        proposed.set(name, (proposed.get(name) ?? new Set()).union(new Set(values)))
      }
    }
    const without = POLICY_NAMES.filter((name) => proposed.get(name)?.size === 0)
    expect([...new Set(without.map((name) => POLICY[name].kind))].toSorted()).toEqual(['pattern', 'person', 'rules'])
    const rounds = Math.max(...[...proposed.values()].map(({ size }) => size))
    for (let round = 0; round < rounds; round += 1) {
      const rules = [...proposed].flatMap(([name, values]) => {
        const value = [...values][round]
        return value === undefined ? [] : [`${name}=${value}`]
      })
      expect(await castellan.run('policy', 'set', ...rules)).toMatchObject({ code: 0, err: '' })
    }
  })

  it('takes each role that it proposes, of the organization and of projects, at each provider', async () => {
    const items = (await castellan.run('review', 'item', 'list', ids.review, '--json')).json()
    const places = Map.groupBy(
      items.filter(({ role }) => typeof role === 'string'),
      ({ connection, project }) => `${String(connection)}, ${project === null ? 'organization' : 'project'}`,
    )
    expect(places.size).toBeGreaterThan(2)
    for (const [place, [first]] of places) {
      const line = `review decide ${ids.review} ${String(first?.['itemId'])} --decision change --to {}`
      expect({ place, wrong: await tryProposals(line, 'nonsense') }).toEqual({ place, wrong: [] })
    }
  })

  it('takes the option that it proposes', async () => {
    const tries: readonly (readonly [line: string, option: string])[] = [
      ["client add 'Acme Corp'", '--same-name'],
      ['client add 会社', '--slug acme-japan'],
      ['recovery show', '--confirm SHOW'],
      ['usage list --by feature --source billed', '--source internal'],
      ["plan restore 'Two environments'", '@1'],
    ]
    for (const [line, option] of tries) {
      const { code, err } = await castellan.run(...toWords(line))
      expect({ line, code, isProposed: err.includes(option) }).toEqual({
        line,
        code: expect.not.stringMatching(/^0$/u),
        isProposed: true,
      })
      const again =
        option === '@1' ? [...toWords(line).slice(0, -1), `${toWords(line).at(-1)}@1`] : toWords(`${line} ${option}`)
      expect({ line, ...(await castellan.run(...again)) }).toMatchObject({ line, code: 0 })
    }
  })
})

describe('a command that does not replace a file', () => {
  it('takes --force where it proposes it', async () => {
    const writing = (await commandTree()).filter(({ command }) =>
      command.options.some(({ flags }) => flags === '--out <file>'),
    )
    expect(writing.length).toBeGreaterThan(7)
    const given: Readonly<Record<string, readonly string[]>> = {
      register: ['--format', 'md'],
      'recovery show': ['--confirm', 'SHOW'],
      'review summary': [ids.review, '--format', 'html'],
      'report weekly': ['--format', 'md'],
      'report monthly': ['--format', 'md'],
      'report invoice': ['--format', 'md', '--client', 'acme-corp'],
    }
    const wrong: string[] = []
    for (const { path } of writing) {
      const argv = [...path.split(' '), '--out', taken, ...(given[path] ?? [])]
      const { code, err } = await castellan.run(...argv)
      expect({ path, code, err }).toEqual({ path, code: 1, err: expect.stringContaining('exists already') as string })
      const again = err.includes('--force') ? await castellan.run(...argv, '--force') : null
      if (again !== null && again.code !== 0) wrong.push(`${path}: ${again.err}`)
    }
    expect(wrong).toEqual([])
  })
})

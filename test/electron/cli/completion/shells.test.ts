import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { beforeAll, describe, expect, it } from 'vitest'

import { drawn } from '../../../drills/drill.ts'
import { newCastellan } from '../castellan.ts'
import { commandTree } from '../commands.ts'

const TREE = await commandTree()
const folder = mkdtempSync(join(tmpdir(), 'castellan-completion-'))

/** The typed text, and the expected offers: computed from the commands, not from the scripts. */
interface Case {
  readonly typed: readonly string[]
  readonly offered: readonly string[]
}

const GROUPS = [
  ...new Set(
    TREE.flatMap(({ path }) =>
      path
        .split(' ')
        .slice(0, -1)
        .map((_, n, words) => words.slice(0, n + 1).join(' ')),
    ),
  ),
]

const CASES: readonly Case[] = [
  ...GROUPS.map((path) => ({
    typed: [...path.split(' '), ''],
    offered: [
      ...new Set(
        TREE.filter((one) => one.path.startsWith(`${path} `)).map(
          (one) => one.path.slice(path.length + 1).split(' ')[0] ?? '',
        ),
      ),
    ],
  })),
  ...TREE.map(({ path, command }) => ({
    typed: [...path.split(' '), '--jso'],
    offered: ['--json', ...command.options.map(({ long }) => long ?? '').filter((long) => long.startsWith('--jso'))],
  })),
  ...TREE.flatMap(({ path, command }) =>
    command.options
      .filter(({ argChoices }) => argChoices !== undefined)
      .map(({ long, argChoices }) => ({ typed: [...path.split(' '), long ?? '', ''], offered: argChoices ?? [] })),
  ),
  { typed: ['conn'], offered: ['connection'] },
  // The value of an option is never taken for a command.
  { typed: ['--client', 'sync', 'client', 'arch'], offered: ['archive'] },
  { typed: ['--profile', '/tmp', 'plan', 'bring'], offered: ['bring-back'] },
]

function isThere(shell: string): boolean {
  return spawnSync(shell, ['--version']).status === 0
}

function quoted(text: string): string {
  return `'${text}'`
}

/** Each one takes fish some tenths of a second. */
const FISH_CASES = drawn('fish-offers', CASES)

/** For each case the offers that a shell printed on a line of its own. */
function listOffers(shell: string, args: readonly string[], script: string): readonly (readonly string[])[] {
  const file = join(folder, `cases.${shell}`)
  writeFileSync(file, script)
  const out = execFileSync(shell, [...args, file], {
    encoding: 'utf8',
    env: { ...process.env, HOME: folder },
    timeout: 120_000,
  })
  return out
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t').filter((word) => word !== ''))
}

/** The sorted offers, beside the typed text. */
function named(offers: readonly (readonly string[])[], cases = CASES) {
  return offers.map((each, at) => ({ typed: cases[at]?.typed, offered: each.toSorted() }))
}

function listExpected(cases: readonly Case[]) {
  return named(
    cases.map(({ offered }) => offered),
    cases,
  )
}

const EXPECTED = listExpected(CASES)

async function scriptFor(shell: string): Promise<string> {
  const ran = await newCastellan().run('completion', shell)
  expect(ran).toMatchObject({ code: 0, err: '' })
  return ran.out
}

describe.skipIf(!isThere('bash'))('bash', () => {
  it('offers the existing commands, options and values', async () => {
    const lines = CASES.map(
      ({ typed }) =>
        `COMP_WORDS=(castellan ${typed.map(quoted).join(' ')}); COMP_CWORD=${typed.length}; COMPREPLY=(); _castellan; (IFS=$'\\t'; echo "\${COMPREPLY[*]}")`,
    )
    expect(named(listOffers('bash', ['--norc'], [await scriptFor('bash'), ...lines].join('\n')))).toEqual(EXPECTED)
  })
})

const hasZsh = isThere('zsh')
describe.skipIf(!hasZsh)(`zsh${hasZsh ? '' : ' (not installed here)'}`, () => {
  it('offers the existing commands, options and values', async () => {
    const script = await scriptFor('zsh')
    // What zsh would show is printed instead; names are before the colon, and zsh leaves out entries that begin
    // otherwise.
    const shown = `
compdef() { : }
_files() { : }
offer() { local each; for each in "$@"; do [[ $each == \${words[CURRENT]}* ]] && printf '%s\\t' "$each"; done; true }
_describe() { offer "\${(@)reply%%:*}" }
compadd() { offer "\${reply[@]}" }
`
    const lines = CASES.map(
      ({ typed }) => `words=(castellan ${typed.map(quoted).join(' ')}); CURRENT=${typed.length + 1}; _castellan; echo`,
    )
    expect(named(listOffers('zsh', ['-f'], [shown, script, ...lines].join('\n')))).toEqual(EXPECTED)
  })
})

const hasFish = isThere('fish')
describe.skipIf(!hasFish)(`fish${hasFish ? '' : ' (not installed here)'}`, () => {
  it('offers the existing commands, options and values', async () => {
    const lines = FISH_CASES.map(
      ({ typed }) =>
        `echo (complete -C ${quoted(['castellan', ...typed].join(' '))} | string replace -r '\\t.*' '' | string join \\t)`,
    )
    const offers = listOffers('fish', ['--no-config'], [await scriptFor('fish'), ...lines].join('\n'))
    expect(named(offers, FISH_CASES)).toEqual(listExpected(FISH_CASES))
  })
})

describe('PowerShell', () => {
  let script = ''
  beforeAll(async () => {
    script = await scriptFor('powershell')
  })

  it('has every command and option in its tables, and every quotation mark of a text doubled', () => {
    for (const { path, command } of TREE) {
      expect(script).toContain(`'${path}' = @(`)
      for (const { long } of command.options) expect(script).toContain(`@('${long ?? ''}', '`)
    }
    // PowerShell takes typographic quotation marks for plain ones.
    for (const line of script.split('\n').filter((each) => each.startsWith("    '"))) {
      expect(line.replaceAll(/'(?:[^'‘’‚‛]|'')*'/gu, '')).toMatch(/^ {4} = @\([@(), ]*\)$/u)
    }
  })

  const hasPwsh = isThere('pwsh')
  it.skipIf(!hasPwsh)(`offers the commands${hasPwsh ? '' : ' (not in Debian, not installed here)'}`, () => {
    const line = `(TabExpansion2 -inputScript 'castellan conn' -cursorColumn 14).CompletionMatches.CompletionText`
    const out = execFileSync('pwsh', ['-NoProfile', '-Command', `${script}\n${line}`], { encoding: 'utf8' })
    expect(out.trim()).toBe('connection')
  })
})

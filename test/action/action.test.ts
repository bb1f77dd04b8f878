import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'

import { projectNode } from '../../build/project-node.mjs'

const root = resolve(import.meta.dirname, '../..')
const script = join(root, 'action/run.mjs')

/** The form of a composite action, as GitHub documents it (Metadata syntax for GitHub Actions), as far as ours uses it. */
const Action = z.strictObject({
  name: z.string(),
  description: z.string().max(125),
  inputs: z.record(z.string().regex(/^[a-z-]+$/u), z.strictObject({ description: z.string(), default: z.string() })),
  outputs: z.record(z.string(), z.strictObject({ description: z.string(), value: z.string() })),
  runs: z.strictObject({
    using: z.literal('composite'),
    steps: z.array(
      z.strictObject({
        id: z.literal('castellan'),
        shell: z.literal('bash'),
        run: z.literal('node "$GITHUB_ACTION_PATH/run.mjs"'),
        env: z.record(z.string(), z.string()),
      }),
    ),
  }),
})

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'castellan-action-'))
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

interface Answer {
  /** The exit code of each verb; 0 unless given. */
  readonly codes?: Readonly<Record<string, number>>
  readonly prints?: string
}

/** Runs the action with a program that records its arguments; the register is written where it is asked for. */
function run(inputs: Readonly<Record<string, string>>, { codes = {}, prints = '' }: Answer = {}) {
  const program = join(folder, 'castellan')
  const ends = Object.entries(codes).map(([verb, code]) => `${verb}) exit ${code};;`)
  writeFileSync(
    program,
    `#!/bin/sh
printf '%s\\n' "$*" >> '${folder}/calls'
printf '%s' '${prints}'
case $1 in ${ends.join(' ')} esac
[ "$1" = register ] && date +%N > "$CASTELLAN_ACTION_REGISTER"
exit 0
`,
  )
  chmodSync(program, 0o755)
  const env = Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`CASTELLAN_ACTION_${name}`, value]))
  const output = join(folder, 'output')
  const { status, stdout, stderr } = spawnSync(projectNode(root), [script], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], HOME: folder, GITHUB_OUTPUT: output, CASTELLAN_ACTION_PROGRAM: program, ...env },
  })
  return { status, stdout, stderr, read: (name: string) => readFileSync(join(folder, name), 'utf8') }
}

function git(...args: readonly string[]): string {
  return spawnSync('git', args, { cwd: folder, encoding: 'utf8' }).stdout.trim()
}

describe('the metadata of the action', () => {
  const action = Action.parse(parse(readFileSync(join(root, 'action/action.yml'), 'utf8')))

  it('gives every input to its program by a variable, and none as part of a line for the shell', () => {
    const [step] = action.runs.steps
    expect(step?.env).toEqual(
      Object.fromEntries(
        Object.keys(action.inputs).map((name) => [
          `CASTELLAN_ACTION_${name.toUpperCase().replaceAll('-', '_')}`,
          `\${{ inputs.${name} }}`,
        ]),
      ),
    )
    for (const name of Object.keys(step?.env ?? {})) {
      expect(readFileSync(script, 'utf8')).toContain(`input('${name.replace('CASTELLAN_ACTION_', '')}')`)
    }
  })

  it('is described by docs/ci.md, input by input', () => {
    const page = readFileSync(join(root, 'docs/ci.md'), 'utf8')
    const documented = [...page.matchAll(/^\| `([\w-]+)` +\|/gmu)].flatMap(([, name]) => name ?? [])
    expect(documented).toEqual([...Object.keys(action.inputs), ...Object.keys(action.outputs)])
  })
})

describe.skipIf(process.platform === 'win32')('the action', () => {
  it('asks for something to do, and names a program that is not there', () => {
    expect(run({})).toMatchObject({ status: 2, stderr: 'Nothing to do: give pack, fail-on or register.\n' })
    const { status, stderr } = run({ PROGRAM: join(folder, 'none'), FAIL_ON: 'high' })
    expect([status, stderr]).toEqual([1, expect.stringContaining('Install Castellan first, or name it as program.')])
  })

  it('runs each verb to its end, and ends with the code of the first that did not end with 0', () => {
    const inputs = { PACK: '-pack', KEY: 'ab', FAIL_ON: 'high', PROFILE: '/p', CLIENT: 'acme' }
    const { status, read } = run(inputs, { codes: { verify: 5, finding: 4 } })
    expect(status).toBe(5)
    expect(read('calls').trimEnd().split('\n')).toEqual([
      'verify --key=ab --profile=/p -- -pack',
      'finding list --fail-on=high --profile=/p --client=acme',
    ])
    expect(read('output')).toBe('code=5\ncommitted=false\n')
  })

  it('lets the runner take no command from what the program prints', () => {
    const { stdout } = run({ FAIL_ON: 'high' }, { prints: '::error::planted' })
    const [first = '', ...rest] = stdout.trimEnd().split('\n')
    const fence = /^::stop-commands::(?<fence>[0-9a-f-]{36})$/u.exec(first)?.groups?.['fence']
    expect(rest).toEqual(['::error::planted', `::${fence}::`])
  })

  it('commits the register where it changed, that file alone, and not where the verb failed', () => {
    git('init', '--quiet')
    writeFileSync(join(folder, '.gitignore'), 'calls\noutput\ncastellan\n')
    writeFileSync(join(folder, 'other.md'), 'of a person')
    git('add', 'other.md')
    const first = run({ REGISTER: 'register.md', FAIL_ON: 'high' }, { codes: { finding: 4 } })
    expect([first.status, first.read('output')]).toEqual([4, 'code=4\ncommitted=true\n'])
    expect(git('show', '--format=%s', '--name-only', 'HEAD').split('\n')).toEqual([
      'Access register',
      '',
      'register.md',
    ])
    const failed = run({ REGISTER: 'register.md' }, { codes: { register: 1 } })
    expect([failed.status, git('rev-list', '--count', 'HEAD')]).toEqual([1, '1'])
    expect(git('status', '--porcelain', 'other.md')).toBe('A  other.md')
  })
})

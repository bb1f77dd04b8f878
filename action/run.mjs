/**
 * What the action of `action.yml` does: the verbs that its inputs ask for, each to its end, then the code of the first that did not
 * end with 0 (docs/verbs.md has what each means). Plain Node from 20.0, without packages.
 */
import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { appendFileSync } from 'node:fs'

/** As git's documentation of the runners has it for commits of a job. */
const AUTHOR = [
  '-c',
  'user.name=github-actions[bot]',
  '-c',
  'user.email=41898282+github-actions[bot]@users.noreply.github.com',
]

const input = (name) => process.env[`CASTELLAN_ACTION_${name}`] ?? ''

/** What each input asks for, in the order of the steps: a pack needs no profile, and the register is written in any case. */
function readSteps() {
  const all = [
    ...(input('PROFILE') === '' ? [] : [`--profile=${input('PROFILE')}`]),
    ...(input('CLIENT') === '' ? [] : [`--client=${input('CLIENT')}`]),
  ]
  const steps = []
  if (input('PACK') !== '') {
    const key = input('KEY') === '' ? [] : [`--key=${input('KEY')}`]
    steps.push(['verify', ...key, ...all.filter((option) => option.startsWith('--profile')), '--', input('PACK')])
  }
  if (input('FAIL_ON') !== '') steps.push(['finding', 'list', `--fail-on=${input('FAIL_ON')}`, ...all])
  if (input('REGISTER') !== '') steps.push(['register', '--force', `--out=${input('REGISTER')}`, ...all])
  return steps
}

/**
 * Runs a program to its end and returns its exit code. The runner would take lines that begin with `::` as commands, and the
 * output has names that people chose: between the two lines it takes none.
 */
function run(program, args) {
  const fence = randomUUID()
  process.stdout.write(`::stop-commands::${fence}\n`)
  const { status, error } = spawnSync(program, args, { stdio: ['ignore', 'inherit', 'inherit'] })
  process.stdout.write(`\n::${fence}::\n`)
  if (error !== undefined)
    process.stderr.write(
      `${program} could not be started (${error.message}). Install Castellan first, or name it as program.\n`,
    )
  return status ?? 1
}

/** Commits one file where it differs from what is committed, and nothing else. Returns whether it did. */
function commit(file) {
  const git = (...args) => spawnSync('git', args, { stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' })
  const changed = git('status', '--porcelain', '--', file)
  if (changed.status !== 0) return null
  if (changed.stdout === '') return false
  if (git('add', '--', file).status !== 0) return null
  const { status } = git(...AUTHOR, 'commit', '--quiet', '-m', 'Access register', '--', file)
  return status === 0 ? true : null
}

function main() {
  const steps = readSteps()
  if (steps.length === 0) {
    process.stderr.write('Nothing to do: give pack, fail-on or register.\n')
    return 2
  }
  const codes = steps.map((args) => run(input('PROGRAM') || 'castellan', args))
  const isWritten = input('REGISTER') !== '' && codes.at(-1) === 0
  const committed = isWritten ? commit(input('REGISTER')) : false
  const code = codes.find((each) => each !== 0) ?? (committed === null ? 1 : 0)
  const outputs = process.env['GITHUB_OUTPUT']
  if (outputs !== undefined) appendFileSync(outputs, `code=${code}\ncommitted=${committed === true}\n`)
  return code
}

process.exitCode = main()

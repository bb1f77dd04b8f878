import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'

import { TEST_PACKAGES } from '../../build/steps/system-packages.mjs'
import { lintWorkflow } from './lint-workflow.ts'

const root = resolve(import.meta.dirname, '../..')
const folder = join(root, '.github/workflows')
const files = readdirSync(folder)

/** What an attestation of provenance needs. */
const Attesting = z.strictObject({
  contents: z.literal('read'),
  'id-token': z.literal('write'),
  attestations: z.literal('write'),
})

const Step = z.strictObject({
  name: z.string().optional(),
  uses: z.string().optional(),
  with: z.record(z.string(), z.union([z.string(), z.boolean(), z.number()])).optional(),
  if: z.string().optional(),
  run: z.string().optional(),
  env: z.record(z.string(), z.string()).optional(),
})

/** Only what the workflows of this project need: a job has no shell, and no permission but to read and to attest what it made. */
const Workflow = z.strictObject({
  name: z.string(),
  on: z.strictObject({
    push: z.record(z.string(), z.array(z.string())),
    pull_request: z.null().optional(),
    workflow_dispatch: z.null().optional(),
  }),
  permissions: z.strictObject({ contents: z.literal('read') }),
  jobs: z.record(
    z.string(),
    z.strictObject({
      needs: z.string().optional(),
      environment: z.literal('release').optional(),
      permissions: Attesting.optional(),
      strategy: z.unknown().optional(),
      'runs-on': z.string(),
      container: z.string().optional(),
      'timeout-minutes': z.number(),
      env: z.record(z.string(), z.string()).optional(),
      steps: z.array(Step),
    }),
  ),
})

/**
 * What no script of npm can do here: Ubuntu's runners let an ordinary user become root without a password, and the set-up asks
 * for none; git reads a tree of another user, which a container of root has, only where that is set. The first line is the one that `npm run setup` prints.
 */
const ALLOWED = [
  `sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends ${TEST_PACKAGES.join(' ')}'`,
  'sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0',
  'git config --global --add safe.directory "$GITHUB_WORKSPACE"',
]

const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> }

/** Of the commands of a workflow, those that are neither a script of this project nor among `ALLOWED`. */
function findStrangeCommands(text: string): readonly string[] {
  const { jobs } = Workflow.parse(parse(text))
  return Object.values(jobs)
    .flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []))
    .filter((command) => {
      const name = /^npm (?:run )?(?<name>[\w:-]+)(?: -- [\w -]+)?$/u.exec(command)?.groups?.['name']
      return !ALLOWED.includes(command) && (name === undefined || !Object.hasOwn(scripts, name))
    })
}

const read = (file: string): string => readFileSync(join(folder, file), 'utf8')

describe.each(files)('the workflow %s', (file) => {
  it('is valid', async () => {
    expect(await lintWorkflow(read(file), file)).toEqual([])
  })

  it('runs scripts of this project alone, which run here too, and has no more rights than reading needs', () => {
    expect(findStrangeCommands(read(file))).toEqual([])
  })

  it('names each action by its commit with the version beside it, and leaves no credentials in the checkout', () => {
    const lines = read(file)
      .split('\n')
      .filter((line) => /^ +(?:- )?uses:/u.test(line))
    const pinned = /uses: actions\/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/u
    expect(lines.filter((line) => !pinned.test(line))).toEqual([])
    const steps = Object.values(Workflow.parse(parse(read(file))).jobs).flatMap((job) => job.steps)
    const checkouts = steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'))
    expect(checkouts.map((step) => step.with?.['persist-credentials'])).toEqual(checkouts.map(() => false))
  })

  it('has secrets in the environment of a release alone, and lets git read its tree as root', () => {
    expect(read(file).includes('secrets.')).toBe(file === 'release.yml')
    const jobs = Object.values(Workflow.parse(parse(read(file))).jobs)
    const withSecrets = jobs.filter(({ steps, env = {} }) =>
      [env, ...steps.map((step) => step.env ?? {})]
        .flatMap((each) => Object.values(each))
        .some((value) => value.includes('secrets.')),
    )
    expect(withSecrets.map(({ environment }) => environment)).toEqual(withSecrets.map(() => 'release'))
    const asRoot = jobs.filter(({ container }) => container !== undefined)
    expect(asRoot.filter(({ steps }) => !steps.some(({ run }) => run?.includes('safe.directory')))).toEqual([])
  })
})

describe('the checks of workflows', () => {
  const text = read('test.yml')

  it('find an unknown name in an expression', async () => {
    const [fault] = await lintWorkflow(text.replace('matrix.node }}', 'matrix.nod }}'), 'test.yml')
    expect(fault).toMatch(/^test\.yml:\d+:\d+: property "nod" is not defined/u)
  })

  it('find a script that package.json does not have, and a line that is for a shell', () => {
    expect(findStrangeCommands(text.replace('npm run clean-clone', 'npm run clean-clones'))).toEqual([
      'npm run clean-clones',
    ])
    expect(findStrangeCommands(text.replace('npm run clean-clone', 'npm test || true'))).toEqual(['npm test || true'])
  })

  it('refuse a permission to write and a shell', () => {
    for (const [from, to] of [
      ['contents: read', 'contents: write'],
      ['        run: npm test', '        shell: bash\n        run: npm test'],
    ] as const) {
      expect(text).toContain(from)
      expect(() => findStrangeCommands(text.replace(from, to))).toThrow(z.ZodError)
    }
  })
})

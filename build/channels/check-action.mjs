import { execFileSync, spawnSync } from 'node:child_process'
import { appendFileSync, chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Runs the action of GitHub Actions on the sample agency with the built terminal program: a pack that is intact and one that is
 * changed, findings that fail the job, and a register that is committed once and, unchanged, not again. Throws with what was seen.
 * @param {{ root: string, node: string, cli: string }} program
 */
export function checkAction({ root, node, cli }) {
  const folder = mkdtempSync(join(tmpdir(), 'castellan-action-'))
  try {
    const program = join(folder, 'castellan')
    writeFileSync(program, `#!/bin/sh\nexec '${node}' --disable-warning=ExperimentalWarning '${cli}' "$@"\n`)
    chmodSync(program, 0o755)
    const profile = join(folder, 'profile')
    const env = { PATH: process.env['PATH'], HOME: folder, GITHUB_OUTPUT: join(folder, 'output') }
    const run = (...args) =>
      execFileSync(program, [...args, '--profile', profile], { cwd: folder, env, encoding: 'utf8' })
    run('sample', '--quiet')
    const reviews = JSON.parse(run('review', 'list', '--json'))
    const { reviewId } = reviews.find(({ state }) => state === 'acknowledged')
    const { path: pack, fingerprint: key } = JSON.parse(
      run('review', 'pack', String(reviewId), '--out', 'evidence', '--json'),
    )
    execFileSync('git', ['init', '--quiet'], { cwd: folder, env })
    const act = (inputs) => {
      const given = Object.entries({ program, ...inputs }).map(([name, value]) => [
        `CASTELLAN_ACTION_${name.toUpperCase()}`,
        value,
      ])
      rmSync(env.GITHUB_OUTPUT, { force: true })
      const options = { cwd: folder, env: { ...env, ...Object.fromEntries(given) }, encoding: 'utf8' }
      const { status, stdout, stderr } = spawnSync(node, [join(root, 'action/run.mjs')], options)
      const written = existsSync(env.GITHUB_OUTPUT) ? readFileSync(env.GITHUB_OUTPUT, 'utf8') : ''
      return { status, committed: written.includes('committed=true'), output: `${stdout}${stderr}` }
    }
    const expectEnd = (what, inputs, status, committed = false) => {
      const seen = act(inputs)
      if (seen.status === status && seen.committed === committed) return
      throw new Error(
        `${what}: code ${seen.status}, committed ${seen.committed}; expected ${status}, ${committed}:\n${seen.output}`,
      )
    }
    expectEnd('an intact pack', { pack, key }, 0)
    expectEnd('a pack that another key should have signed', { pack, key: '0'.repeat(64) }, 4)
    const register = { profile, register: 'register.md' }
    expectEnd('high findings and a new register', { ...register, fail_on: 'high' }, 4, true)
    expectEnd('the same register', register, 0)
    appendFileSync(join(pack, 'decisions.jsonl'), 'x')
    expectEnd('a changed pack', { pack, key }, 4)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

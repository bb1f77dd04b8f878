import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { putSample } from '../../../sample-profile.ts'
import { newCastellan } from '../castellan.ts'

function folder(): string {
  return mkdtempSync(join(tmpdir(), 'castellan-files-'))
}

const PEOPLE =
  'Name;Mail;Rolle;Projekte\nZoë Quist;zoe@acme.example;Member;ChatBot\nNo Role;norole@acme.example;;\n;;;\n'

describe('import', () => {
  it('shows its stages on a standard error that is a terminal, and nowhere else', async () => {
    const castellan = newCastellan()
    await castellan.run('client', 'add', 'Acme Corp')
    const file = join(folder(), 'people.csv')
    writeFileSync(file, 'Name,Role\nJane,Owner\nBob,Reader\n')
    const argv = ['import', file, '--kind', 'people', '--client', 'acme-corp']
    const watched = { showsProgress: true }
    const stages = 'Reading people.csv\nComparing 2 rows with the register\n'
    expect((await castellan.runWith(watched, ...argv, '--dry-run')).err).toBe(stages)
    expect((await castellan.runWith(watched, ...argv, '--json')).err).toBe(
      `${stages}Writing 2 rows\nUpdating due days and the search\nChecking the rules\nSaving\n`,
    )
    expect((await castellan.runWith(watched, ...argv)).err).toBe(stages)
    expect((await castellan.run(...argv)).err).toBe('')
  })

  it('shows what it would do, then does it, and ends with 3 for refused rows', async () => {
    const { run } = newCastellan()
    await run('client', 'add', 'Acme Corp')
    const file = join(folder(), 'people.csv')
    writeFileSync(file, PEOPLE, 'latin1')
    const mapped = ['--map', 'Mail=email', '--map', 'Rolle=role', '--map', 'Projekte=projects']
    const argv = ['import', file, '--kind', 'people', '--client', 'acme-corp', ...mapped]
    const plan = await run(...argv, '--dry-run', '--json')
    const planned = plan.json<Readonly<Record<string, unknown>>>()
    expect(planned).toMatchObject({ dryRun: true, delimiter: ';', mapping: { Mail: 'email', Rolle: 'role' } })
    expect(Number(planned['add'])).toBeGreaterThanOrEqual(1)
    expect(plan.code).toBe(Number(planned['refuse']) > 0 ? 3 : 0)
    expect((await run('person', 'list', '--json')).json()).toEqual([])
    const done = await run(...argv)
    expect(done.code).toBe(plan.code)
    expect(done.out).toContain(`Read: added ${String(planned['add'])}`)
    expect((await run('person', 'list', '--json', '--search', 'quist')).json()).toMatchObject([{ name: 'Zoë Quist' }])
  })

  it('imports a register in the layout that it writes', async () => {
    const { run } = newCastellan()
    await run('client', 'add', 'Acme Corp')
    const file = join(folder(), 'register.md')
    writeFileSync(
      file,
      [
        '## AI Platform Access Register',
        '',
        '### OpenAI (org-acme-corp)',
        '',
        '| Person | Role | Projects | Last Review |',
        '|--------|------|----------|-------------|',
        '| Jane Smith | Owner | All | 2025-01-01 |',
        '| Alice Dev | Member | ChatBot, Analytics | 2025-01-01 |',
        '',
        '### Service Accounts',
        '',
        '| Account | Purpose | Key ID | Rotation Due |',
        '|---------|---------|--------|--------------|',
        '| prod-backend | Production API | sk-proj-xxx | 2025-02-15 |',
        '',
      ].join('\n'),
    )
    const done = await run('import', file, '--kind', 'register', '--client', 'acme-corp', '--json')
    expect(done).toMatchObject({ code: 0, err: '' })
    const { out } = await run('register', '--client', 'acme-corp')
    expect(out).toContain('| Jane Smith | Owner | All | 2025-01-01 |')
    expect(out).toContain('| prod-backend | Production API | sk-proj-xxx | 2025-02-15 |')
  })

  it('closes facts that a complete file no longer names, and only then', async () => {
    const castellan = newCastellan()
    await castellan.run('client', 'add', 'Acme Corp')
    const file = join(folder(), 'people.csv')
    const argv = ['import', file, '--kind', 'people', '--client', 'acme-corp']
    const names = async (): Promise<readonly unknown[]> =>
      (await castellan.run('person', 'list', '--status', 'active', '--json')).json().map((row) => row['name'])
    writeFileSync(file, 'name,email,role\nJane Smith,jane@acme.example,Owner\nBob Analyst,bob@acme.example,Reader\n')
    expect((await castellan.run(...argv)).code).toBe(0)
    writeFileSync(file, 'name,email,role\nJane Smith,jane@acme.example,Owner\n')
    expect((await castellan.run(...argv)).code).toBe(0)
    expect(await names()).toEqual(['Bob Analyst', 'Jane Smith'])
    expect((await castellan.run(...argv, '--complete')).code).toBe(0)
    expect(await names()).toEqual(['Jane Smith'])
  })

  it('refuses a missing file and an unknown column', async () => {
    const { run } = newCastellan()
    await run('client', 'add', 'Acme Corp')
    const missing = await run('import', '/nowhere/at/all.csv', '--kind', 'people', '--client', 'acme-corp')
    expect(missing.code).toBe(1)
    expect(missing.err).toBe('/nowhere/at/all.csv does not exist.\nCheck the path.\n')
    const file = join(folder(), 'people.csv')
    writeFileSync(file, PEOPLE)
    const stranger = await run('import', file, '--kind', 'people', '--client', 'acme-corp', '--map', 'Nobody=email')
    expect(stranger.code).toBe(2)
    expect(stranger.err).toContain('Rolle')
  })
})

describe('register', () => {
  it.each(['md', 'csv', 'json', 'xlsx'] as const)('writes %s to a file and prints its hash', async (format) => {
    const castellan = newCastellan()
    await putSample(castellan.profile)
    const cwd = folder()
    const name = `register.${format}`
    const ran = await castellan.runWith(
      { cwd },
      'register',
      '--format',
      format,
      '--out',
      name,
      '--client',
      'acme-corp',
      '--json',
    )
    expect(ran).toMatchObject({ code: 0, err: '' })
    const written = ran.json<Readonly<Record<string, unknown>>>()
    const bytes = readFileSync(join(cwd, name))
    expect(written).toMatchObject({
      path: join(cwd, name),
      bytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    })
    if (format === 'xlsx') return
    const printed = await castellan.run('register', '--format', format, '--client', 'acme-corp')
    expect(printed).toMatchObject({ code: 0, err: '' })
    expect(printed.out).toContain('Jane Smith')
    expect(printed.out).not.toContain('Margarethe')
  })

  it('is JSON with --json, and one connection with --connection', async () => {
    const castellan = newCastellan()
    await putSample(castellan.profile)
    const ran = await castellan.run('register', '--json', '--client', 'acme-corp')
    expect(ran.code).toBe(0)
    expect(() => ran.json()).not.toThrow()
    const [first] = (await castellan.run('connection', 'list', '--client', 'acme-corp', '--json')).json()
    const one = await castellan.run('register', '--connection', String(first?.['id']))
    expect(one.out.match(/^### (?:OpenAI|Anthropic)/gmu)).toHaveLength(1)
  })
})

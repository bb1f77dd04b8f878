import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { REASON_SHOWN } from '../../electron/shell/exit-code.ts'
import { begin, makeTree, openScript, packElectron, tries, VERSION, write, writeElectron } from './start-tree.ts'

let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'castellan-start-'))
  makeTree(root)
})

afterEach(() => {
  rmSync(root, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
})

/** An Electron that records its arguments and its environment, and then runs the script. */
function electron(script: string): { readonly ELECTRON_OVERRIDE_DIST_PATH: string } {
  const noted = `echo "$@" > '${root}/arguments'; env > '${root}/environment'`
  return { ELECTRON_OVERRIDE_DIST_PATH: writeElectron(root, `${noted}\n${script}`) }
}

/** A person may choose to do without the sandbox; then no setting of the machine matters. */
const NO_SANDBOX = ['--no-sandbox']

const windowLine = (said: string): string => said.split('\n').find((line) => line.includes('the window opens in')) ?? ''

describe.runIf(process.platform === 'linux')('npm start with Electron', () => {
  it('ends with 0 and opens no browser when the Electron window was closed', async () => {
    const { code, browser, said } = await begin(root, { env: electron('exit 0'), args: NO_SANDBOX }).ended
    expect([code, browser]).toEqual([0, []])
    expect(said).toBe('castellan: the window opens in Electron\n')
    expect(readFileSync(join(root, 'arguments'), 'utf8')).toContain(root)
  })

  it('ends with 1 and opens no browser when Electron showed the person the reason, however soon', async () => {
    const { code, browser } = await begin(root, { env: electron(`exit ${REASON_SHOWN}`), args: NO_SANDBOX }).ended
    expect([code, browser]).toEqual([1, []])
  })

  it.each([
    ['a code', 'exit 1', 'Electron ended with code 1'],
    ['the code of a library that is missing', 'exit 127', 'Electron ended with code 127'],
    ['a crash', 'kill -ABRT $$', 'Electron ended by SIGABRT'],
    ['a kill', 'kill -KILL $$', 'Electron ended by SIGKILL'],
  ])('opens the browser window with the reason in one line after %s', async (_, script, reason) => {
    const { code, browser, said } = await begin(root, { env: electron(script), args: NO_SANDBOX }).ended
    expect([code, browser]).toEqual([0, ['[]']])
    const line = `castellan: the window opens in ${root}/browser, since ${reason}; npm start tries Electron again\n`
    expect(said).toBe(`castellan: the window opens in Electron\n${line}`)
  })

  it('opens the browser window also after an Electron that ends with an error late', async () => {
    // The clock is moved by a minute while Electron runs; no measured time may change.
    write(
      root,
      'clock.mjs',
      `const now = performance.now.bind(performance); let calls = 0; performance.now = () => now() + 60_000 * calls++`,
    )
    const env = { ...electron('exit 1'), NODE_OPTIONS: `--import=${join(root, 'clock.mjs')}` }
    const { code, browser } = await begin(root, { env, args: NO_SANDBOX }).ended
    expect([code, browser]).toEqual([0, ['[]']])
  })

  it('passes on what Electron writes on its error stream, and names its last words without the prefix', async () => {
    const script = `echo 'a first line' >&2
      echo '[7:0822/1.2:FATAL:content/zygote_host_impl_linux.cc:128] No memory is left.' >&2
      echo '#0 0x55d0 base::debug::StackTrace' >&2
      kill -TRAP $$`
    const { said } = await begin(root, { env: electron(script), args: NO_SANDBOX }).ended
    expect(said).toContain('a first line\n')
    expect(said).toContain('#0 0x55d0 base::debug::StackTrace\n')
    expect(windowLine(said.slice(said.indexOf('#0')))).toBe(
      `castellan: the window opens in ${root}/browser, since Electron ended by SIGTRAP (No memory is left.); npm start tries Electron again`,
    )
  })

  it('opens the browser window when the binary cannot be started, and names why in the same line', async () => {
    const env = electron('exit 0')
    write(root, 'dist/electron', '#!/nonexistent/interpreter\n', 0o755)
    const { code, said, browser } = await begin(root, { env, args: NO_SANDBOX }).ended
    expect([code, browser.length]).toEqual([0, 1])
    expect(said).toContain(`since Electron could not be started (spawn ${root}/dist/electron ENOENT); `)
  })

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'opens no browser when it was ended by %s, and its exit code shows it',
    async (signal) => {
      const waits = `trap 'exit 3' INT TERM; : > '${root}/waits'; while :; do sleep 0.05; done`
      const { child, ended } = begin(root, { env: electron(waits), args: NO_SANDBOX })
      await vi.waitFor(() => expect(existsSync(join(root, 'waits'))).toBe(true), 60_000)
      // A terminal sends Ctrl+C to the whole group, and what ends a process by its number sends to that one.
      process.kill(signal === 'SIGINT' ? -Number(child.pid) : Number(child.pid), signal)
      const { code, browser } = await ended
      expect([code, browser]).toEqual([signal === 'SIGINT' ? 130 : 143, []])
    },
  )

  it('opens no browser when Electron itself was asked to end', async () => {
    const { code, browser } = await begin(root, { env: electron('kill -TERM $$'), args: NO_SANDBOX }).ended
    expect([code, browser]).toEqual([143, []])
  })

  it('passes its arguments on to the browser window, less the one that only Electron knows', async () => {
    const args = [...NO_SANDBOX, '--profile', 'folder']
    const { browser } = await begin(root, { env: electron('exit 1'), args }).ended
    expect(browser).toEqual(['["--profile","folder"]'])
  })

  it('ends with the code of the browser window after Electron failed', async () => {
    write(root, 'out/node/open.js', openScript(1))
    const { code } = await begin(root, { env: electron('exit 1'), args: NO_SANDBOX }).ended
    expect(code).toBe(1)
  })

  it('does not let ELECTRON_RUN_AS_NODE turn Electron into a Node', async () => {
    const env = { ...electron('exit 0'), ELECTRON_RUN_AS_NODE: '1' }
    expect((await begin(root, { env, args: NO_SANDBOX }).ended).code).toBe(0)
    const given = readFileSync(join(root, 'environment'), 'utf8')
    expect(given).toContain('DISPLAY=:0')
    expect(given).not.toContain('ELECTRON_RUN_AS_NODE')
  })
})

describe.runIf(process.platform === 'linux')('npm start for an ordinary user', () => {
  /** A PATH on which `unshare` answers as given: whether the system lets this user make a user namespace. */
  function pathWithUnshare(code: number): string {
    write(root, 'bin/unshare', `#!/bin/sh\nexit ${code}\n`, 0o755)
    return `${join(root, 'bin')}:${process.env['PATH']}`
  }

  it('does not start an Electron whose sandbox cannot start, and names why and the command in one line', async () => {
    const env = { ...electron('exit 0'), PATH: pathWithUnshare(1) }
    const { code, said, browser } = await begin(root, { env, asNobody: true }).ended
    expect([code, browser]).toEqual([0, ['[]']])
    expect(existsSync(join(root, 'arguments'))).toBe(false)
    const helper = `${root}/dist/chrome-sandbox`
    expect(said.split('\n')).toEqual([
      expect.stringMatching(
        /^castellan: the window opens in \S+, since this system keeps ordinary users from starting Electron's sandbox \(.+\); for the Electron window run: /u,
      ),
      '',
    ])
    expect(said).toContain(`run: sudo chown root:root ${helper} && sudo chmod 4755 ${helper}\n`)
  })

  it('names the command also when Electron is the one that finds its sandbox unusable', async () => {
    const words = 'The SUID sandbox helper binary was found, but is not configured correctly.'
    const env = electron(`echo '[7:0822/1.2:FATAL:setuid_sandbox_host.cc(158)] ${words}' >&2; kill -TRAP $$`)
    const { said } = await begin(root, { env, args: NO_SANDBOX }).ended
    expect(said).toContain(
      `since Electron ended by SIGTRAP (${words}); for the Electron window run: sudo chown root:root `,
    )
  })

  it('names why Electron is not used also where no browser is installed', async () => {
    const env = { ...electron('exit 0'), PATH: pathWithUnshare(1), CASTELLAN_BROWSER: join(root, 'none') }
    const { code, said } = await begin(root, { env, asNobody: true }).ended
    expect(code).toBe(1)
    expect(said).toContain('sudo chmod 4755 ')
  })

  it('never gets --no-sandbox without asking for it', async () => {
    const env = { ...electron('exit 0'), PATH: pathWithUnshare(0) }
    const { browser } = await begin(root, { env, asNobody: true }).ended
    // Where the kernel restricts user namespaces Electron is not started at all.
    if (browser.length > 0) return
    expect(readFileSync(join(root, 'arguments'), 'utf8')).not.toContain('--no-sandbox')
  })
})

describe.runIf(process.platform === 'linux')('npm start without a binary of Electron', () => {
  const remember = (tried: Date): void =>
    write(
      root,
      '.cache/electron.json',
      JSON.stringify({ version: VERSION, reason: 'a reason of then', tried: tried.toISOString() }),
    )

  it('opens the browser window with the reason and what to do in one line', async () => {
    remember(new Date())
    const { code, said, browser } = await begin(root).ended
    expect([code, browser, tries(root)]).toEqual([0, ['[]'], 0])
    expect(said).toBe(
      `castellan: the window opens in ${root}/browser, since a reason of then; to try again: npm run setup -- --retry-electron\n`,
    )
  })

  it('tries the fetch again after a day beside the open window, which waits for nothing', async () => {
    remember(new Date(Date.now() - 25 * 3_600_000))
    // The window stays until the fetch was tried, and longer than its answer needs.
    write(
      root,
      'out/node/open.js',
      openScript(
        0,
        `const { readFileSync } = await import('node:fs')
         const cache = new URL('../../.cache/electron.json', import.meta.url)
         while (readFileSync(cache, 'utf8').includes('of then')) await new Promise((next) => setTimeout(next, 50))`,
      ),
    )
    const { code, said, browser } = await begin(root).ended
    expect([code, browser, tries(root)]).toEqual([0, ['[]'], 1])
    expect(said.indexOf('the window opens in')).toBeLessThan(said.indexOf('fetching Electron'))
    expect(readFileSync(join(root, '.cache/electron.json'), 'utf8')).toContain('could not be fetched (fetch failed)')
  })

  it('ends the fetch by Ctrl+C, starts nothing more and remembers no failure', async () => {
    packElectron(
      root,
      `require('fs').writeFileSync(${JSON.stringify(join(root, 'pid'))}, String(process.pid)); setInterval(() => {}, 1000)`,
    )
    const { child, ended } = begin(root)
    await vi.waitFor(() => expect(existsSync(join(root, 'pid'))).toBe(true), 60_000)
    process.kill(Number(child.pid), 'SIGINT')
    const { code, browser } = await ended
    expect([code, browser, existsSync(join(root, '.cache/electron.json'))]).toEqual([130, [], false])
    const pid = Number(readFileSync(join(root, 'pid'), 'utf8'))
    await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow('ESRCH'), 60_000)
  })
})

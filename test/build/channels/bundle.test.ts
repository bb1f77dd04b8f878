import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

import { afterAll, expect, it } from 'vitest'
import { fromBufferPromise } from 'yauzl'

import { writeBundle, writeBundleManifest } from '../../../build/channels/mcp.mjs'
import { readRelease } from '../../../build/channels/release.mjs'
import { findTarget } from '../../../build/pack/targets.mjs'

const root = resolve(import.meta.dirname, '../../..')
const folder = mkdtempSync(join(tmpdir(), 'castellan-bundle-'))

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The tools in the table of docs/mcp.md. */
function documentedTools(): readonly string[] {
  const page = readFileSync(join(root, 'docs/mcp.md'), 'utf8')
  return [...page.matchAll(/^\| `(\w+)` +\|/gmu)].flatMap(([, name]) => name ?? [])
}

it('the manifest of a bundle has the documented tools, and starts the Node of the bundle for one client', () => {
  const release = readRelease(root, folder)
  for (const [platform, node] of [
    ['linux', 'node'],
    ['darwin', 'node'],
    ['win32', 'node.exe'],
  ] as const) {
    const manifest = JSON.parse(writeBundleManifest(release, findTarget(platform, 'x64'))) as {
      readonly tools: readonly { readonly name: string }[]
      readonly server: { readonly mcp_config: { readonly command: string; readonly args: readonly string[] } }
    }
    expect(manifest.tools.map(({ name }) => name)).toEqual(documentedTools())
    expect(manifest.server.mcp_config.command).toBe(`\${__dirname}/server/bin/${node}`)
    expect(manifest.server.mcp_config.args.slice(1)).toEqual(['mcp', '--client', '${user_config.client}'])
  }
})

it('a bundle has the terminal program, its manifest and its icon, and the same files give the same bundle', async () => {
  const terminal = join(folder, 'terminal')
  mkdirSync(join(terminal, 'bin'), { recursive: true })
  mkdirSync(join(terminal, 'out/node'), { recursive: true })
  writeFileSync(join(terminal, 'bin/node'), 'node')
  chmodSync(join(terminal, 'bin/node'), 0o755)
  writeFileSync(join(terminal, 'out/node/cli.js'), 'cli')
  const icon = join(root, 'build/icons/linux/512x512.png')
  const bundles = [join(folder, 'one.mcpb'), join(folder, 'two.mcpb')]
  for (const to of bundles) await writeBundle({ terminal, manifest: '{}\n', icon, to })
  const [one, two] = bundles.map((file) => readFileSync(file))
  expect(two).toEqual(one)
  const zip = await fromBufferPromise(one ?? Buffer.alloc(0))
  const entries: [string, string][] = []
  for await (const entry of zip.eachEntry()) {
    entries.push([entry.fileName, (entry.externalFileAttributes >>> 16).toString(8)])
  }
  expect(entries).toEqual([
    ['manifest.json', '100644'],
    ['icon.png', '100644'],
    ['server/bin/node', '100755'],
    ['server/out/node/cli.js', '100644'],
  ])
})

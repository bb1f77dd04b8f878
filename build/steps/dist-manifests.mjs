import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

import { makeAptRepository } from '../channels/apt.mjs'
import { CHANNELS, findLacking, writeManifests } from '../channels/channels.mjs'
import { CHECKS } from '../channels/checks.mjs'
import { writeBundle, writeBundleManifest } from '../channels/mcp.mjs'
import { nameFile, readRelease } from '../channels/release.mjs'
import { writeStandIns } from '../channels/stand-in.mjs'
import { stage } from '../pack/stage.mjs'
import { TARGETS } from '../pack/targets.mjs'
import { say } from '../say.mjs'
import { isOnPath } from './system-packages.mjs'

const root = resolve(import.meta.dirname, '../..')

process.exitCode = await (process.argv.includes('--check') ? checkStandIns() : write())

/** Writes the manifests of all channels for stand-ins of the packages, and checks them. Nothing has to be packed for it. */
async function checkStandIns() {
  const folder = mkdtempSync(join(tmpdir(), 'castellan-manifests-'))
  try {
    writeStandIns(readRelease(root, folder), folder, { withDebs: isOnPath('dpkg-deb') })
    return await check(readRelease(root, folder), folder, { isReal: false })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** For the packages that are in `dist`. A channel that lacks one gets no manifest, and a line that names what is missing. */
async function write() {
  const dist = join(root, 'dist')
  await writeBundles(dist)
  const release = readRelease(root, dist)
  for (const channel of CHANNELS) {
    const lacking = findLacking(channel, release).map((kind) => nameFile(release, kind))
    if (lacking.length > 0) say(`no manifest for ${channel.name}, since dist lacks ${lacking.join(', ')}`)
  }
  writeApt(release, dist)
  return check(release, dist, { isReal: true })
}

/** A bundle for each target that has a package: both hold the same terminal program. */
async function writeBundles(dist) {
  const packed = readRelease(root, dist)
  const kinds = { linux: 'deb', darwin: 'dmg', win32: 'nsis' }
  const targets = TARGETS.filter(({ platform, arch }) =>
    packed.files.some(({ kind }) => kind === `${kinds[platform]}-${arch}`),
  )
  for (const target of targets) {
    const name = nameFile(packed, `mcpb-${target.name}`)
    await writeBundle({
      terminal: join(stage(root, target), 'resources/terminal'),
      manifest: writeBundleManifest(packed, target),
      icon: join(root, 'build/icons/linux/512x512.png'),
      to: join(dist, name),
    })
    say(`wrote dist/${name}`)
  }
}

function writeApt(release, dist) {
  if (!release.files.some(({ kind }) => kind.startsWith('deb-')))
    return say('no repository of apt, since dist has no deb')
  if (!isOnPath('apt-ftparchive'))
    return say('no repository of apt, since apt-ftparchive is missing (package apt-utils)')
  const key = process.env['CASTELLAN_APT_KEY'] || undefined
  const folder = join(dist, 'manifests/apt')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  makeAptRepository(release, { from: dist, folder, url: `${release.homepage}/apt`, key })
  if (key === undefined) say('the repository of apt is NOT SIGNED: CASTELLAN_APT_KEY names no key of gpg')
}

/** Writes the manifests for the packages in `from` into a folder there, and runs every check that has what it reads. */
async function check(release, from, { isReal }) {
  const folder = join(from, 'manifests')
  const written = writeManifests(release, folder)
  const checks = CHECKS.filter(
    ({ channel, kind, isOfPackages = false }) =>
      (channel === undefined || written.includes(channel)) &&
      (kind === undefined || release.files.some((file) => file.kind === kind)) &&
      (isReal || !isOfPackages),
  )
  const results = []
  for (const one of checks) {
    const lacking = findLackingTool(one)
    const result = lacking === null ? await runCheck(one, release, from, folder) : 'none'
    process.stdout.write(`${result.padEnd(6)} ${one.name}${lacking === null ? '' : `: ${lacking}`}\n`)
    results.push(result)
  }
  return results.includes('failed') ? 1 : 0
}

/** Finds the tool that a check needs and this machine does not have; null when it has all. */
function findLackingTool({ program, debian, file }) {
  if (program !== undefined && !isOnPath(program)) return `needs ${program} (package ${debian})`
  if (file !== undefined && !existsSync(join(root, file))) return `needs ${file} (npm run build)`
  return null
}

async function runCheck({ run }, release, from, folder) {
  try {
    await run(folder, release, from)
    return 'ok'
  } catch (error) {
    say(error.message)
    return 'failed'
  }
}

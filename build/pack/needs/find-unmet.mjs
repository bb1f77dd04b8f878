import { lstatSync } from 'node:fs'
import { join } from 'node:path'

import { filesUnder } from '../../freshness.mjs'
import { expectedBinaries } from '../natives.mjs'
import { readNeeds } from './read-needs.mjs'
import { isProvided, SYSTEMS } from './systems.mjs'
import { compareNumbers } from './text.mjs'

/**
 * Finds the needs of a packed application's binaries that its systems do not meet, one sentence each. Of Electron's own binaries only
 * the versions are compared, since Electron's documents name the libraries that its window needs.
 * @param {string} program the folder of the application
 * @param {string} resources what is beside its archive
 * @param {ReturnType<typeof import('../targets.mjs').findTarget>} target
 */
export function findUnmetNeeds(program, resources, target) {
  const own = new Set([...expectedBinaries(target).keys()].map((file) => join(resources, file)))
  return (
    filesUnder(program, '.')
      .map((file) => join(program, file))
      // The target of a link is read in its own place. The framework of Electron on macOS has links to folders.
      .filter((path) => !lstatSync(path).isSymbolicLink())
      .flatMap((path) => {
        const needs = readNeeds(path)
        if (needs === null) return []
        const name = path.slice(program.length + 1)
        return [
          ...(own.has(path) ? findStrangers(name, needs) : []),
          ...findTooNew(name, needs).map(
            (what) => `${what}; either take an older build of it, or raise build/pack/needs/systems.mjs`,
          ),
        ]
      })
  )
}

function findStrangers(name, { platform, libraries, delayed = [] }) {
  return [...libraries, ...delayed]
    .filter((library) => !isProvided(platform, library))
    .map((library) => `${name} needs ${library}, which the system does not bring`)
}

/**
 * @param {string} name
 * @param {{ platform: string, versions?: Record<string, string>, minimum?: string | null }} needs
 */
function findTooNew(name, { platform, versions = {}, minimum = null }) {
  const most = SYSTEMS[platform]
  const newer = Object.entries(versions)
    .filter(([set, version]) => most.versions?.[set] !== undefined && compareNumbers(version, most.versions[set]) > 0)
    .map(([set, version]) => `${name} needs ${set}_${version}, and ${most.versions[set]} is the most that is promised`)
  const later = minimum !== null && compareNumbers(minimum, most.minimum) > 0
  return later ? [...newer, `${name} needs macOS ${minimum}, and ${most.minimum} is the most that is promised`] : newer
}

/**
 * The highest versions and the highest lowest system that binaries need, by the system that they are for.
 * @param {string[]} paths
 */
export function findHighestNeeds(paths) {
  const highest = { linux: { versions: {} }, darwin: { minimum: null } }
  for (const needs of paths.map(readNeeds)) {
    for (const [set, version] of Object.entries(needs?.versions ?? {})) {
      const known = highest.linux.versions[set]
      if (known === undefined || compareNumbers(version, known) > 0) highest.linux.versions[set] = version
    }
    const minimum = needs?.minimum ?? null
    if (minimum === null) continue
    if (highest.darwin.minimum === null || compareNumbers(minimum, highest.darwin.minimum) > 0)
      highest.darwin.minimum = minimum
  }
  return highest
}

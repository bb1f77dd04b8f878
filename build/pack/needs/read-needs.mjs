import { readFileSync } from 'node:fs'

import { readBinaryFile } from '../binary.mjs'
import { readElfNeeds } from './elf.mjs'
import { readMachNeeds } from './mach.mjs'
import { readPeNeeds } from './pe.mjs'

const READERS = { linux: readElfNeeds, darwin: readMachNeeds, win32: readPeNeeds }

/**
 * Reads what a binary needs of its system; null for a file that is none.
 * @param {string} path
 * @returns {{ platform: string, libraries: string[], delayed?: string[], versions?: Record<string, string>, minimum?: string | null } | null}
 */
export function readNeeds(path) {
  const binary = readBinaryFile(path)
  if (binary === null || binary.arch === 'universal') return null
  return { platform: binary.platform, ...READERS[binary.platform](readFileSync(path)) }
}

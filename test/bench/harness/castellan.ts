import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { timeCommand } from './command.ts'
import { NO_KEYCHAIN } from './profile.ts'

/** Runs the built terminal as a process of its own, its output in a file. */
export function castellan(root: string, args: readonly string[], output: string): Promise<number> {
  return castellanOn(process.execPath, root, args, output)
}

/** The same, begun by another Node. */
export function castellanOn(node: string, root: string, args: readonly string[], output: string): Promise<number> {
  return timeCommand(node, [...toCommand(root), ...args], { output, env: NO_KEYCHAIN })
}

/** The arguments that `build/bin/castellan.mjs` gives its Node by its first line, and the file itself. */
export function toCommand(root: string): readonly string[] {
  const file = join(root, 'build/bin/castellan.mjs')
  const [first = ''] = readFileSync(file, 'utf8').split('\n')
  return [...first.split(' ').filter((word) => word.startsWith('--')), file]
}

/** Objects in the JSON list that a run of the terminal left in a file. */
export function countObjects(path: string): number {
  const list: unknown = JSON.parse(readFileSync(path, 'utf8'))
  if (!Array.isArray(list)) throw new TypeError(`${path} holds no list.`)
  return list.length
}

export function countLines(path: string): number {
  return readFileSync(path, 'utf8').split('\n').length - 1
}

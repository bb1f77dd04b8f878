import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'

import type { Flow } from './flows.ts'
import { complaints, differing, type Standing, standing } from './current.ts'
import { type FaultWorld, openOn, putProfile } from './world.ts'

/** Where one trial takes place. */
export interface Place {
  readonly folder: string
  readonly profile: string
  readonly out: string
}

/** What a flow leads to when nothing goes wrong. */
export interface Expected {
  readonly before: Standing
  readonly after: Standing
  /** Names of files as they are before and after, with numbers and random letters left out. */
  readonly names: ReadonlySet<string>
}

/** How a trial ended: acknowledged, or with an error message (null where none could be reported). */
export type Ended =
  | { readonly acknowledged: true }
  | {
      readonly acknowledged: false
      readonly error: unknown
      /** The provider gave a part: what was read of it may be there. */
      readonly inPart?: boolean
    }

export function placeIn(folder: string): Place {
  return { folder, profile: join(folder, 'profile'), out: join(folder, 'out') }
}

/** A profile as it is before every flow, in a folder that is emptied first, and its provider. */
export function begin(world: FaultWorld, { folder, profile, out }: Place): void {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(out, { recursive: true })
  putProfile(world, profile)
  world.reset()
}

/** Does a flow from the beginning, undisturbed. Throws where it does not end well. */
export async function undisturbed(flow: Flow, world: FaultWorld, place: Place): Promise<Expected> {
  begin(world, place)
  const before = await settled(world, place)
  const names = new Set(namesNow(place))
  await done(flow, world, place)
  const after = await settled(world, place)
  return { before, after, names: names.union(new Set(namesNow(place))) }
}

/** Opens the profile, does the flow and closes it. */
export async function done(flow: Flow, world: FaultWorld, { profile, out }: Place): Promise<void> {
  const service = await openOn(profile, 'write', world)
  try {
    await flow.run(service, world, out)
  } finally {
    await service.close()
  }
}

/**
 * The problems after a trial; none where all acknowledged work is there, nothing is half done and no partial file is
 * left.
 */
export async function judged(
  flow: Flow,
  world: FaultWorld,
  place: Place,
  expected: Expected,
  ended: Ended,
): Promise<string[]> {
  const { before, after, names } = expected
  const said = ended.acknowledged || ended.error === null ? [] : wrongWords(toWords(ended.error))
  const unlike = (a: Standing, b: Standing): string[] =>
    differing(a, b).filter((table) => !(flow.countsRuns?.test(table) ?? false))
  try {
    const service = await openOn(place.profile, 'write', world)
    try {
      const now = standing(service)
      const [fromBefore, fromAfter] = [unlike(now, before), unlike(now, after)]
      if (ended.acknowledged && fromAfter.length > 0) said.push(`acknowledged, and not there: ${fromAfter.join(', ')}`)
      const mayBeInPart = flow.between !== undefined || (!ended.acknowledged && ended.inPart === true)
      if (!mayBeInPart && fromBefore.length > 0 && fromAfter.length > 0)
        said.push(`half done: ${fromBefore.join(', ')} changed, ${fromAfter.join(', ')} did not`)
      if (fromAfter.length > 0 && ![before, after].some(({ actions }) => isPrefix(actions, now.actions)))
        said.push('rows of the journal are lost')
      said.push(...(await complaints(service)), ...(flow.between?.(service, world) ?? []))
    } finally {
      await service.close()
    }
    said.push(...((await flow.wrong?.(place.out)) ?? []))
    if (!ended.acknowledged && flow.once !== true) {
      await done(flow, world, place)
      const missing = unlike(await settled(world, place), after)
      if (missing.length > 0) said.push(`otherwise the second time: ${missing.join(', ')}`)
    }
  } catch (error) {
    said.push(`does not go on: ${toWords(error)}`)
  }
  const left = namesNow(place).filter((one) => !names.has(one) && !(flow.leaves?.test(one) ?? false))
  if (left.length > 0) said.push(`left behind: ${left.join(', ')}`)
  return said
}

export function toWords(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** The contents of the register after it was opened to write and closed, as the next start does. */
async function settled(world: FaultWorld, { profile }: Place): Promise<Standing> {
  const service = await openOn(profile, 'write', world)
  try {
    return standing(service)
  } finally {
    await service.close()
  }
}

function isPrefix(part: readonly string[], whole: readonly string[]): boolean {
  return part.every((action, at) => whole[at] === action)
}

/** A person reads it: a sentence, no code of the system alone and no place in the program. */
function wrongWords(words: string): string[] {
  // A code in brackets is for the search for a fault.
  const plain = words.replaceAll(/ \([A-Z_]+\)/gu, '')
  const isSentence = /^["“A-Z/].*\.$/su.test(plain) && !/^[A-Z]+:/u.test(plain)
  return isSentence && !/\b(?:errno|syscall|undefined|null)\b|SQLITE_|\.[cm]?[jt]s:\d/u.test(plain)
    ? []
    : [`not a sentence for people: ${words}`]
}

/** The files of the trial by their names, numbers and random letters left out. */
function namesNow({ folder }: Place): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => join(relative(folder, entry.parentPath), entry.name))
    .map((path) => path.replaceAll(/[0-9a-f]{8,}|\d+/gu, '#'))
}

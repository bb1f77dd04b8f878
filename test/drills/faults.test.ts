import { spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

import { expect, it } from 'vitest'

import { FLOWS } from '../faults/flows.ts'
import { faultLibrary, faultyEnvironment } from '../faults/library.ts'
import { drill, DRILL_LIMIT_MS, noteTried } from './drill.ts'

const folder = mkdtempSync(join(tmpdir(), 'castellan-faults-'))
const library = faultLibrary(folder)

/** The output of `try-flows.ts` for one flow: how many calls it makes, and how many faults were tried. */
interface Tried {
  readonly flow: string
  readonly calls: number
  readonly tried: number
  readonly refused: number
  readonly wrong: number
}

/** Tries some flows in a process of its own; returns its lines. */
async function tries(names: readonly string[], choice: string): Promise<object[]> {
  const own = mkdtempSync(join(folder, 'flows-'))
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      join(import.meta.dirname, '../faults/try-flows.ts'),
      own,
      names.join(','),
      choice,
    ],
    {
      env: { ...process.env, ...faultyEnvironment(library ?? '', join(own, 'trial')) },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const said = await text(child.stdout)
  return said
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as object)
}

it.skipIf(library === null)(
  'a call to the system that fails, whichever, loses nothing that was acknowledged, leaves no half file, and is reported in a sentence',
  async () => {
    const { count, seed } = drill('fault-calls')
    const choice = Number.isFinite(count) ? `${count}:${seed}` : 'all'
    const names = FLOWS.map(({ name }) => name)
    const lanes = [0, 1].map((lane) => names.filter((_, at) => at % 2 === lane))
    const lines = (await Promise.all(lanes.map((lane) => tries(lane, choice)))).flat()
    const ends = lines.filter((line): line is Tried => 'tried' in line)
    if (choice === 'all')
      noteTried(
        'fault-calls',
        ends.reduce((sum, { tried }) => sum + tried, 0),
      )
    console.log(
      ends
        .map(({ flow, calls, tried, refused }) => `${flow}: ${calls} calls, ${tried} faults, ${refused} refused`)
        .join('\n'),
    )
    expect(lines.filter((line) => !('tried' in line))).toEqual([])
    expect(ends.map(({ flow }) => flow).toSorted()).toEqual(names.toSorted())
  },
  DRILL_LIMIT_MS,
)

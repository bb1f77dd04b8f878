import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'

import { parseWitnesses, type Witness, witnessText } from '../../../shared/report/witness.ts'
import { PACK } from '../../../shared/report/evidence-pack.ts'
import { eachLine } from '../evidence/lines.ts'
import { openPackSource } from '../evidence/verify-pack.ts'
import { readSmall } from '../evidence/seal.ts'
import { absolutePath, explained } from '../kit/paths.ts'
import { invalid } from '../kit/refusal.ts'

/** More than any file prints: each client has three. */
const MOST_WITNESSES = 30_000

/**
 * The positions and heads of logs that a file prints: those in the head of an evidence pack (its folder or zip), or in any text. Throws
 * `Refusal` INVALID for a file that prints none or cannot be read.
 */
export async function readPrinted(path: string): Promise<readonly Witness[]> {
  const whole = absolutePath(path)
  const witnesses = (await isPack(whole)) ? await readPackHead(whole) : await readText(whole)
  if (witnesses.length > 0) return witnesses
  throw invalid(
    'path',
    `${path} prints no position of a team’s log.`,
    'Give an evidence pack, a register in Markdown or a weekly report of a client of the team, in a text format.',
  )
}

const ZIP = Buffer.from('PK')

async function isPack(path: string): Promise<boolean> {
  try {
    if ((await stat(path)).isDirectory()) return true
    const file = await open(path)
    try {
      const { buffer } = await file.read(Buffer.alloc(2), 0, 2, 0)
      return buffer.equals(ZIP)
    } finally {
      await file.close()
    }
  } catch (error) {
    throw explained(error, path, 'read')
  }
}

async function readPackHead(path: string): Promise<readonly Witness[]> {
  const source = await openPackSource(path)
  try {
    return parseWitnesses((await readSmall(source, PACK.head))?.toString('utf8') ?? '')
  } finally {
    await source.close()
  }
}

async function readText(path: string): Promise<readonly Witness[]> {
  const found = new Map<string, Witness>()
  try {
    await eachLine(createReadStream(path), (line) => {
      const text = Buffer.from(line.buffer, line.byteOffset, line.byteLength).toString('utf8')
      for (const witness of parseWitnesses(text)) {
        if (found.size < MOST_WITNESSES) found.set(witnessText(witness), witness)
      }
    })
  } catch (error) {
    throw explained(error, path, 'read')
  }
  return [...found.values()]
}

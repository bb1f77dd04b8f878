import { z } from 'zod'

import type { Reader, Writer } from '../db/handles.ts'
import { readMeta, writeMeta } from '../db/meta.ts'

const uids = z.array(z.uuid())
const ASKED = 'team_asked'

/** The uids of the clients that the person at this device asked it to hold. */
export function readAsked(reader: Reader): ReadonlySet<string> {
  const text = readMeta(reader, ASKED)
  return new Set(text === null ? [] : uids.parse(JSON.parse(text)))
}

export function writeAsked(writer: Writer, asked: Iterable<string>): void {
  writeMeta(writer, ASKED, JSON.stringify([...asked]))
}

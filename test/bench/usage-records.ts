import { createWriteStream } from 'node:fs'
import { once } from 'node:events'

import { drawer } from './big-register.ts'

export const MODELS = [
  'gpt-5.4',
  'gpt-5.4-mini',
  'gpt-5.5',
  'gpt-4.1-mini',
  'claude-sonnet-5',
  'claude-opus-5-5',
  'claude-haiku-4-5',
  'gpt-6-astra',
  'gpt-image-1',
  'embed-3',
  'tts-2',
  'o5-mini',
] as const

export const COLUMNS =
  'timestamp,request_id,project_id,api_key_id,user_id,feature,model,input_tokens,output_tokens,cost_estimate'

/** The first of the 90 days, and how many keys, projects, users and features share the requests. */
const FIRST = Date.UTC(2026, 7, 25)
const DAYS = 90
const KEYS = 2000
const PROJECTS = 200
const USERS = 400
const FEATURES = 20

/**
 * Writes usage records as CSV, in the order of time as a log has them, of an agency with 2,000 keys in 200 projects: the
 * same file at every run.
 */
export async function writeUsageRecords(path: string, rows: number): Promise<void> {
  const draw = drawer(7)
  const file = createWriteStream(path)
  let text = `${COLUMNS}\n`
  for (let row = 0; row < rows; row += 1) {
    const at = new Date(FIRST + Math.floor((row / rows) * DAYS * 86_400_000)).toISOString()
    const key = Math.floor(draw() * KEYS)
    const id = Math.floor(draw() * 2 ** 32)
      .toString(16)
      .padStart(8, '0')
    const model = MODELS[Math.floor(draw() * MODELS.length)]
    const micro = Math.floor(draw() * 200_000)
    text += `${at},req_${id}${row.toString(16).padStart(8, '0')},proj_${key % PROJECTS},key_${key},user_${Math.floor(draw() * USERS)},feature-${Math.floor(draw() * FEATURES)},${model},${Math.floor(draw() * 20_000)},${Math.floor(draw() * 3000)},${(micro / 1e6).toFixed(6)}\n`
    if (text.length > 1 << 20) {
      if (!file.write(text)) await once(file, 'drain')
      text = ''
    }
  }
  file.end(text)
  await once(file, 'finish')
}

import { closeSync, existsSync, openSync, renameSync, statSync, writeFileSync } from 'node:fs'

import pino from 'pino'

import type { LogLevel } from '../../../shared/contract/control.ts'
import { visibleText } from '../../../shared/domain/text/visible-text.ts'

export type Level = LogLevel

type Field = string | number | boolean | null | undefined
/**
 * The fields of a line. Texts are cut, made visible, and stripped of what looks like a secret; names of people are not
 * included.
 */
export type LogFields = Readonly<Record<string, Field>>

/** The log of a profile: one JSON object a line, with level, time (UTC), process, event and the fields of the event. */
export interface Log {
  write(level: Level, event: string, fields?: LogFields): void
  close(): void
}

/** When the log is longer than this at an opening to write, it is renamed to the former log, and a new one begins. */
export const LONGEST_BYTES = 4_000_000

/** Longer texts are cut: the first lines of a stack show the place. */
const LONGEST_TEXT = 2000

/**
 * Opens the log of a profile. Several processes may append to it; only the one that writes to the profile begins a new
 * one. The operating system has each line before `write` returns, so that the last lines of a process are kept.
 */
export function openLog(path: string, options: { readonly what: string; readonly mayTurn: boolean }): Log {
  if (options.mayTurn) turnOver(path)
  const descriptor = openSync(path, 'a', 0o600)
  let isOpen = true
  // The destination of the library retries forever on a full disk, and keeps the process from ending.
  const destination = {
    write: (line: string): void => {
      if (!isOpen) return
      try {
        writeFileSync(descriptor, line)
      } catch {
        // A full disk must not stop anyone from working.
      }
    },
  }
  const logger = pino(
    {
      base: { pid: process.pid, what: options.what },
      timestamp: pino.stdTimeFunctions.isoTime,
      messageKey: 'event',
      formatters: { level: (label) => ({ level: label }), log: cleaned },
    },
    destination,
  )
  return {
    write: (level, event, fields = {}) => logger[level](fields, event),
    close: () => {
      if (isOpen) closeSync(descriptor)
      isOpen = false
    },
  }
}

/** The name of the log before this one. */
export function formerLog(path: string): string {
  return path.replace(/\.log$/u, '.1.log')
}

function turnOver(path: string): void {
  if (existsSync(path) && statSync(path).size > LONGEST_BYTES) renameSync(path, formerLog(path))
}

function cleaned(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, typeof value === 'string' ? cleanText(value) : value]),
  )
}

function cleanText(text: string): string {
  const cut = text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text
  return visibleText(cut)
}

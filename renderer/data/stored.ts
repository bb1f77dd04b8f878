import { useCallback, useSyncExternalStore } from 'react'
import type { z } from 'zod'

import { useInfo } from './use-info.ts'

/** A value that the window remembers for each profile, such as whether its rail is collapsed. */
export interface StoredValue<Value> {
  readonly name: string
  readonly schema: z.ZodType<Value>
  readonly initial: Value
}

/** Values by key, so that a value stays the same object until it changes; also where storage is missing or refused. */
const held = new Map<string, unknown>()
const listeners = new Set<() => void>()

/** The remembered value of a profile; the initial one when there is none, or when it is not of this form any more. */
export function readStored<Value>({ name, schema, initial }: StoredValue<Value>, profile: string): Value {
  const key = getKey(name, profile)
  if (!held.has(key)) held.set(key, parse(schema, key) ?? initial)
  return held.get(key) as Value
}

export function writeStored<Value>({ name }: StoredValue<Value>, profile: string, value: Value): void {
  const key = getKey(name, profile)
  held.set(key, value)
  try {
    localStorage.setItem(key, JSON.stringify(value))
  } catch {
    // Kept in memory until the window closes.
  }
  for (const listener of listeners) listener()
}

/** A remembered value of this profile, and the function that changes it. */
export function useStored<Value>(stored: StoredValue<Value>): readonly [Value, (value: Value) => void] {
  const profile = useInfo()?.profile ?? ''
  const read = (): Value => readStored(stored, profile)
  const value = useSyncExternalStore(subscribe, read, read)
  const write = useCallback((next: Value) => writeStored(stored, profile, next), [stored, profile])
  return [value, write]
}

function getKey(name: string, profile: string): string {
  return `castellan-${name} ${profile}`
}

function parse<Value>(schema: z.ZodType<Value>, key: string): Value | null {
  try {
    const text = localStorage.getItem(key)
    return text === null ? null : (schema.safeParse(JSON.parse(text)).data ?? null)
  } catch {
    return null
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

import { styleText } from 'node:util'

import type { RotationState } from '../../../../shared/domain/rotation.ts'
import type { Cell } from './cell.ts'

type Style = Parameters<typeof styleText>[0]

/** Colour on a terminal, plain text elsewhere. The sign and the word never depend on colour. */
export type Painter = (style: Style, text: string) => string

export function makePainter(colour: boolean): Painter {
  return (style, text) => (colour ? styleText(style, text, { validateStream: false }) : text)
}

function painted(paint: Painter, style: Style, text: string): Cell {
  return { text, paint: (shown) => paint(style, shown) }
}

export function good(paint: Painter, text: string): Cell {
  return painted(paint, 'green', `✓ ${text}`)
}

export function warning(paint: Painter, text: string): Cell {
  return painted(paint, 'yellow', `! ${text}`)
}

export function bad(paint: Painter, text: string): Cell {
  return painted(paint, 'red', `✗ ${text}`)
}

export function faint(paint: Painter, text: string): Cell {
  return painted(paint, 'dim', `· ${text}`)
}

/** `✗ overdue 12 d`, `! due in 3 d`, `✓ ok`, `· unknown`. */
export function rotationCell(paint: Painter, state: RotationState, daysLeft: number | null): Cell {
  if (state === 'overdue') return bad(paint, `overdue ${Math.abs(daysLeft ?? 0)} d`)
  if (state === 'due') return warning(paint, daysLeft === 0 ? 'due today' : `due in ${daysLeft ?? 0} d`)
  return state === 'ok' ? good(paint, 'ok') : faint(paint, 'unknown')
}

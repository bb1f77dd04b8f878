import {
  STRIPE_DEGREES,
  STRIPE_OPACITY,
  STRIPE_PX,
  STRIPE_WIDTH,
  TEXTURES,
  type Fill,
} from '../../shared/report/chart-fills.ts'

/** A part of a picture, in pixels from its upper left corner. */
export type Shape =
  | {
      readonly kind: 'bar'
      readonly x: number
      readonly y: number
      readonly width: number
      readonly height: number
      readonly fill: Fill
    }
  | {
      readonly kind: 'line'
      readonly x1: number
      readonly y1: number
      readonly x2: number
      readonly y2: number
      readonly colour: string
      readonly dashed: boolean
    }
  | {
      readonly kind: 'text'
      readonly x: number
      readonly y: number
      readonly text: string
      readonly colour: string
      readonly anchor: 'start' | 'middle' | 'end'
      readonly size: number
      readonly bold: boolean
    }

/** A picture as data; it is shown, saved as SVG, or drawn as PNG. */
export interface Picture {
  readonly width: number
  readonly height: number
  readonly ground: string
  readonly font: string
  /** The title, for those who do not see it. */
  readonly title: string
  readonly shapes: readonly Shape[]
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

/** Characters that XML cannot contain. */
// oxlint-disable-next-line no-control-regex -- control characters are what it removes
const NOT_XML = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Cs}/gu

const xml = (text: string): string => escaped(text.replaceAll(NOT_XML, '\ufffd'))

const patternId = ({ colour, texture }: Fill): string => `s${texture}-${colour.replaceAll(/[^0-9a-z]/giu, '')}`

/** A picture as one SVG file that loads and runs nothing. Texts are escaped. */
export function printSvg({ width, height, ground, font, title, shapes }: Picture): string {
  const striped = new Map(
    shapes.flatMap((shape) =>
      shape.kind === 'bar' && shape.fill.texture > 0 ? [[patternId(shape.fill), shape.fill]] : [],
    ),
  )
  const patterns = [...striped].map(
    ([id, { colour, texture }]) =>
      `<pattern id="${id}" width="${STRIPE_PX}" height="${STRIPE_PX}" patternUnits="userSpaceOnUse" patternTransform="rotate(${STRIPE_DEGREES[texture % TEXTURES] ?? 0})"><rect width="${STRIPE_PX}" height="${STRIPE_PX}" fill="${xml(colour)}"/><rect width="${STRIPE_WIDTH}" height="${STRIPE_PX}" fill="${xml(ground)}" fill-opacity="${STRIPE_OPACITY}"/></pattern>`,
  )
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" font-family="${xml(font)}">`,
    `<title>${xml(title)}</title>`,
    ...(patterns.length === 0 ? [] : [`<defs>${patterns.join('')}</defs>`]),
    `<rect width="${width}" height="${height}" fill="${xml(ground)}"/>`,
    ...shapes.map(printShape),
    '</svg>',
    '',
  ].join('\n')
}

function printShape(shape: Shape): string {
  if (shape.kind === 'bar') {
    const fill = shape.fill.texture === 0 ? xml(shape.fill.colour) : `url(#${patternId(shape.fill)})`
    return `<rect x="${shape.x}" y="${shape.y}" width="${shape.width}" height="${shape.height}" fill="${fill}"/>`
  }
  if (shape.kind === 'line') {
    const dash = shape.dashed ? ' stroke-dasharray="6 4"' : ''
    return `<line x1="${shape.x1}" y1="${shape.y1}" x2="${shape.x2}" y2="${shape.y2}" stroke="${xml(shape.colour)}"${dash}/>`
  }
  const bold = shape.bold ? ' font-weight="600"' : ''
  return `<text x="${shape.x}" y="${shape.y}" fill="${xml(shape.colour)}" font-size="${shape.size}" text-anchor="${shape.anchor}"${bold}>${xml(shape.text)}</text>`
}

/** How often a property is tried: so often in `npm test`, and `CASTELLAN_DRILL_COUNT` times in a long run. */
export function drillCount(inTests: number): number {
  return Number(process.env['CASTELLAN_DRILL_COUNT'] ?? inTests)
}

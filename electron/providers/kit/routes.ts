type Lists = Readonly<Record<string, (...of: never[]) => object>>

/**
 * Names the route of every list after the list: a provider that limits requests counts them by path template, and a
 * list is one template, whatever ids are in its path.
 */
export function withRoutes<L extends Lists>(lists: L): L {
  const named = Object.entries(lists).map(([route, make]) => [
    route,
    (...of: never[]) => {
      const list = make(...of)
      return typeof list === 'function' ? list : { ...list, route }
    },
  ])
  return Object.fromEntries(named) as L
}

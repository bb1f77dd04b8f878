/** The desktop of the person who runs the tests has no part in them. */
export const NO_BUS = {
  DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent/session-bus',
  DBUS_SYSTEM_BUS_ADDRESS: 'unix:path=/nonexistent/system-bus',
}

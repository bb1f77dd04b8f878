#!/bin/sh
# Lets the sandbox of the window start: by a profile of AppArmor where that restricts user namespaces (Ubuntu from 23.10), by its helper
# where the kernel does not give them to ordinary users. This runs as root, who may create them where users may not.
set -e

is_setting() {
  [ "$(cat "/proc/sys/$1" 2>/dev/null)" = "$2" ]
}

install_profile() {
  profile=/usr/lib/castellan/resources/apparmor-profile
  # An AppArmor that does not know the form of the profile does not restrict user namespaces either.
  [ -d /etc/apparmor.d ] && command -v apparmor_parser >/dev/null 2>&1 &&
    apparmor_parser --skip-kernel-load --debug "$profile" >/dev/null 2>&1 || return 1
  cp "$profile" /etc/apparmor.d/castellan-desktop
  if [ -d /sys/kernel/security/apparmor ]; then
    apparmor_parser --replace --write-cache --skip-read-cache /etc/apparmor.d/castellan-desktop || true
  fi
}

needs_helper() {
  if ! [ -e /proc/self/ns/user ] || ! unshare --user true 2>/dev/null; then return 0; fi
  if is_setting kernel/unprivileged_userns_clone 0 || is_setting user/max_user_namespaces 0; then return 0; fi
  [ "$profiled" = no ] && is_setting kernel/apparmor_restrict_unprivileged_userns 1
}

if [ "$1" = configure ]; then
  profiled=yes
  install_profile || profiled=no
  sandbox=/usr/lib/castellan/chrome-sandbox
  if [ -e "$sandbox" ] && needs_helper; then
    chmod 4755 "$sandbox"
  fi
fi

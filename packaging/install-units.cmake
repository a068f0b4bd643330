# SPDX-License-Identifier: Apache-2.0
# Run by the installation: UNITS is where the units are, BINDIR where the monitor goes below the prefix.
foreach(unit claviger-monitor.service claviger-monitor.timer)
  set(installed ${CMAKE_INSTALL_PREFIX}/lib/systemd/user/${unit})
  message(STATUS "Installing: $ENV{DESTDIR}${installed}")
  file(READ ${UNITS}/${unit} text)
  string(REPLACE "ExecStart=%h/.local/bin/" "ExecStart=${CMAKE_INSTALL_PREFIX}/${BINDIR}/" text "${text}")
  string(REPLACE "~/.config/systemd/user/" "${CMAKE_INSTALL_PREFIX}/lib/systemd/user/" text "${text}")
  file(WRITE $ENV{DESTDIR}${installed} "${text}")
endforeach()

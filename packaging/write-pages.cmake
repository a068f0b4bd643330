# SPDX-License-Identifier: Apache-2.0
# Writes man/man1, man/man7 and the completions into INTO. PROGRAM is a list: an emulator may come first. The date on
# the pages is SOURCE_DATE_EPOCH's, else that of the last commit of SOURCE, else that of its CHANGELOG.md.
if("$ENV{SOURCE_DATE_EPOCH}" STREQUAL "")
  execute_process(COMMAND git -C ${SOURCE} log -1 --format=%ct
                  OUTPUT_VARIABLE epoch OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  if(NOT epoch)
    file(TIMESTAMP ${SOURCE}/CHANGELOG.md epoch "%s" UTC)
  endif()
  set(ENV{SOURCE_DATE_EPOCH} ${epoch})
endif()
string(TIMESTAMP date "%Y-%m-%d" UTC)

function(claviger_says output)
  execute_process(COMMAND ${PROGRAM} ${ARGN} OUTPUT_VARIABLE said COMMAND_ERROR_IS_FATAL ANY)
  set(${output} "${said}" PARENT_SCOPE)
endfunction()

file(REMOVE_RECURSE ${INTO})
claviger_says(names __man)
string(STRIP "${names}" names)
string(REPLACE "\n" ";" names "${names}")
foreach(name IN LISTS names)
  string(REGEX REPLACE ".*\\." "" section ${name})
  claviger_says(page __man ${name} --date ${date})
  file(WRITE ${INTO}/man/man${section}/${name} "${page}")
endforeach()
foreach(shell bash zsh fish)
  claviger_says(script completion ${shell})
  file(WRITE ${INTO}/claviger.${shell} "${script}")
endforeach()
file(WRITE ${INTO}/written "${date}\n")

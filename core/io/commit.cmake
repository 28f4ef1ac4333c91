# The git commit of the source as a header that changes only when the commit does.
# Included, it makes the target; run as a script, it writes the header.

if(NOT CMAKE_SCRIPT_MODE_FILE)
  set(cicatrix_generated ${CMAKE_CURRENT_BINARY_DIR}/generated)
  add_custom_target(cicatrix_commit
    COMMAND ${CMAKE_COMMAND} -D root=${PROJECT_SOURCE_DIR} -D header=${cicatrix_generated}/cicatrix_commit.hpp
            -P ${CMAKE_CURRENT_LIST_FILE}
    BYPRODUCTS ${cicatrix_generated}/cicatrix_commit.hpp
    COMMENT "Reading the git commit")
  return()
endif()

# A copy of the source unpacked inside somebody else's repository must not take that repository's commit.
set(commit "unknown")
find_program(git git)
if(git)
  execute_process(COMMAND ${git} -C ${root} rev-parse --show-prefix
                  OUTPUT_VARIABLE prefix RESULT_VARIABLE outside OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  if(NOT outside AND prefix STREQUAL "")
    execute_process(COMMAND ${git} -C ${root} describe --always --dirty --abbrev=40 "--exclude=*"
                    OUTPUT_VARIABLE described RESULT_VARIABLE failed OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
    if(NOT failed)
      set(commit "${described}")
    endif()
  endif()
endif()
file(CONFIGURE OUTPUT ${header} CONTENT "#define CICATRIX_COMMIT \"${commit}\"\n")

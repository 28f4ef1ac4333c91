# Kernels for several instruction sets: cicatrix_add_levels(TARGET UNITS...) compiles units of a library once more for
# each higher level of x86-64, of which numeric/instruction_set.hpp chooses one at run time.
#
# The trap: what is inline or a template, ours and the standard library's alike, is compiled into every object that uses
# it, and the linker keeps one copy for all. Were that a copy for a newer processor, an older one would stop at an
# unknown instruction far from any kernel. So every symbol that an object of a level might share gets a name of its own
# (own_symbols.cmake); only the entries, which differ by a template argument, are seen from outside.
include(CheckCXXSourceCompiles)

set(levels x86_64_v3 x86_64_v4)
# Tuned for one processor of each kind, which changes speed alone; with -O3 a course takes a tenth less than with -O2.
# The compiler is kept from making vectors of its own: g++ 12 makes c a + s b beside c b - s a one instruction that fuses,
# whatever -ffp-contract says.
set(level_flags_x86_64_v3 -O3 -fno-tree-slp-vectorize -march=x86-64-v3 -mtune=haswell)
set(level_flags_x86_64_v4 -O3 -fno-tree-slp-vectorize -march=x86-64-v4 -mtune=znver3 -mprefer-vector-width=512)

set(has_levels OFF)
if(CMAKE_CXX_COMPILER_ID MATCHES "^(GNU|Clang)$" AND CMAKE_EXECUTABLE_FORMAT STREQUAL "ELF" AND CMAKE_NM
   AND CMAKE_OBJCOPY AND NOT CICATRIX_SCALAR_ONLY)
  check_cxx_source_compiles("
    #if !defined(__x86_64__)
    #error
    #endif
    int main() { return __builtin_cpu_supports(\"x86-64-v3\") != __builtin_cpu_supports(\"x86-64-v4\"); }"
    CICATRIX_KNOWS_X86_64_LEVELS)
  set(has_levels ${CICATRIX_KNOWS_X86_64_LEVELS})
endif()

function(cicatrix_add_levels target)
  if(NOT has_levels)
    return()
  endif()
  target_compile_definitions(${target} PRIVATE CICATRIX_X86_64_LEVELS)
  foreach(level IN LISTS levels)
    set(library ${target}_${level})
    add_library(${library} OBJECT ${ARGN})
    target_compile_features(${library} PRIVATE cxx_std_20)
    foreach(property INCLUDE_DIRECTORIES COMPILE_DEFINITIONS COMPILE_OPTIONS)
      set_property(TARGET ${library} PROPERTY ${property} $<TARGET_PROPERTY:${target},${property}>)
    endforeach()
    target_link_libraries(${library} PRIVATE Eigen3::Eigen Boost::headers)
    target_compile_definitions(${library} PRIVATE CICATRIX_COMPILED_FOR=${level})
    # Objects of link-time optimisation hold no symbols yet that could be renamed.
    target_compile_options(${library} PRIVATE ${level_flags_${level}} -fno-lto)

    set(folder ${CMAKE_CURRENT_BINARY_DIR}/levels/${level})
    set(renamed ${ARGN})
    list(TRANSFORM renamed REPLACE "^.*/([^/]+)[.]cpp$" "${folder}/\\1.${level}.o")
    add_custom_command(OUTPUT ${renamed} COMMENT "Renaming what kernels for ${level} hold"
      COMMAND ${CMAKE_COMMAND} -D NM=${CMAKE_NM} -D OBJCOPY=${CMAKE_OBJCOPY} -D LEVEL=${level}
              "-D OBJECTS=$<TARGET_OBJECTS:${library}>" -D FOLDER=${folder}
              -P ${CMAKE_CURRENT_SOURCE_DIR}/numeric/own_symbols.cmake
      DEPENDS $<TARGET_OBJECTS:${library}> numeric/own_symbols.cmake VERBATIM)
    set_source_files_properties(${renamed} PROPERTIES EXTERNAL_OBJECT ON GENERATED ON)
    target_sources(${target} PRIVATE ${renamed})
    add_dependencies(${target} ${library})  # Makefiles do not see it otherwise
  endforeach()
endfunction()

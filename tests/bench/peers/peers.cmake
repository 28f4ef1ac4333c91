# The programs that compare the project's solver with others, none of them built by default: target `peer_programs`.
# Our own solver once for each level of instruction sets with lanes as wide as its registers, with the flags that the
# core's kernels get, and once with a single lane; where registers are widest also in single precision.
function(add_peer program source)
  add_executable(${program} EXCLUDE_FROM_ALL bench/peers/${source})
  target_include_directories(${program} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
  target_link_libraries(${program} PRIVATE cicatrix_core)
  set_target_properties(${program} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR}/peers)
  set_property(GLOBAL APPEND PROPERTY cicatrix_peers ${program})
endfunction()

function(add_own_peer name width number)
  add_peer(own_${name} own.cpp)
  target_compile_definitions(own_${name} PRIVATE CICATRIX_BENCH_LANES=${width} CICATRIX_BENCH_NUMBER=${number})
  target_compile_options(own_${name} PRIVATE ${ARGN})
endfunction()

add_own_peer(baseline $<IF:$<BOOL:${CICATRIX_SCALAR_ONLY}>,1,2> double -O2)
get_directory_property(levels_are_there DIRECTORY ${PROJECT_SOURCE_DIR}/core DEFINITION has_levels)
if(levels_are_there)
  get_directory_property(flags_v3 DIRECTORY ${PROJECT_SOURCE_DIR}/core DEFINITION level_flags_x86_64_v3)
  get_directory_property(flags_v4 DIRECTORY ${PROJECT_SOURCE_DIR}/core DEFINITION level_flags_x86_64_v4)
  add_own_peer(v3 4 double ${flags_v3})
  add_own_peer(v4 8 double ${flags_v4})
  add_own_peer(v4_single_precision 16 float ${flags_v4})
  add_own_peer(single 1 double ${flags_v4})
endif()

# Peers may fuse multiplications and additions, which our own kernels may not.
set_source_files_properties(bench/peers/by_cvode.cpp bench/peers/by_odeint.cpp PROPERTIES COMPILE_OPTIONS
                                                                                       -ffp-contract=fast)
add_peer(by_odeint by_odeint.cpp)
target_compile_options(by_odeint PRIVATE -O3 -march=native)
target_compile_definitions(by_odeint PRIVATE NDEBUG)

add_peer(problem_files problem_files.cpp)
target_link_libraries(problem_files PRIVATE nlohmann_json::nlohmann_json)

# CVODE as bench/sundials.sh builds it; the system's library is not optimised and would be no fair peer.
if(EXISTS ${CICATRIX_SUNDIALS}/lib/libsundials_cvode.a)
  add_peer(by_cvode by_cvode.cpp)
  target_include_directories(by_cvode BEFORE PRIVATE ${CICATRIX_SUNDIALS}/include
                                                     $<$<BOOL:${klu_headers}>:${klu_headers}>)
  target_compile_options(by_cvode PRIVATE -O3 -march=native)
  foreach(part IN ITEMS cvode nvecserial sunmatrixdense sunmatrixsparse sunlinsoldense sunlinsolklu)
    target_link_libraries(by_cvode PRIVATE ${CICATRIX_SUNDIALS}/lib/libsundials_${part}.a)
  endforeach()
  target_link_libraries(by_cvode PRIVATE klu)
endif()

get_property(peer_programs GLOBAL PROPERTY cicatrix_peers)
add_custom_target(peer_programs DEPENDS ${peer_programs})

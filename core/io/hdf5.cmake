# The serial HDF5 C library with its high-level part (dimension scales), as the target cicatrix_hdf5.
# Two builds of HDF5 in one program do not fail loudly: calls of one on objects of the other just return errors.
set(HDF5_PREFER_PARALLEL OFF)
find_package(HDF5 1.10.7 COMPONENTS C HL)
if(NOT HDF5_FOUND)
  message(FATAL_ERROR "HDF5 1.10.7 or later with its high-level library was not found. "
                      "Install libhdf5-dev (Debian, Ubuntu), hdf5-devel (Fedora) or hdf5 (Homebrew, conda).")
endif()
if(HDF5_IS_PARALLEL)
  message(FATAL_ERROR "The HDF5 that was found (${HDF5_C_INCLUDE_DIRS}) is a parallel (MPI) build; Cicatrix needs the "
                      "serial one. Set HDF5_ROOT to the folder of a serial build, or remove the parallel -dev package.")
endif()

set(libraries ${HDF5_C_HL_LIBRARIES} ${HDF5_C_LIBRARIES})
if(libraries MATCHES "libhdf5[^;]*\\.(so|dylib)")
  list(FILTER libraries INCLUDE REGEX "hdf5[^/]*$")  # a shared HDF5 finds what it needs (curl, crypto, zlib) by itself
endif()

add_library(cicatrix_hdf5 INTERFACE)
target_include_directories(cicatrix_hdf5 SYSTEM INTERFACE ${HDF5_C_INCLUDE_DIRS})
target_compile_definitions(cicatrix_hdf5 INTERFACE ${HDF5_C_DEFINITIONS})
target_link_libraries(cicatrix_hdf5 INTERFACE ${libraries})

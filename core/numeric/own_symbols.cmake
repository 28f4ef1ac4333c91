# Gives every symbol that object files define a name of its own, `name.LEVEL`, but for the strong ones: those are the
# entries of kernels. The name of a COMDAT group is a symbol too and follows.
#     cmake -D NM=... -D OBJCOPY=... -D LEVEL=x86_64_v4 -D "OBJECTS=a.cpp.o;b.cpp.o" -D FOLDER=... -P own_symbols.cmake
# makes FOLDER/a.x86_64_v4.o and FOLDER/b.x86_64_v4.o.
cmake_minimum_required(VERSION 3.25)

foreach(object IN LISTS OBJECTS)
  cmake_path(GET object STEM unit)
  set(renamed ${FOLDER}/${unit}.${LEVEL}.o)
  execute_process(COMMAND ${NM} --format=posix ${object} OUTPUT_VARIABLE symbols COMMAND_ERROR_IS_FATAL ANY)
  # Weak (V, W), unique (u), local and the names of groups (other small letters); U, v and w are defined elsewhere.
  string(REGEX MATCHALL "[^\n ]+ [VWa-ux-z] [^\n]*\n" own "${symbols}")
  list(TRANSFORM own REPLACE "^([^ ]+) .*$" "\\1 \\1.${LEVEL}")
  list(REMOVE_DUPLICATES own)
  list(TRANSFORM own APPEND "\n")
  string(CONCAT lines ${own})  # a unit may hold entries alone
  file(WRITE ${renamed}.names "${lines}")
  execute_process(COMMAND ${OBJCOPY} --redefine-syms=${renamed}.names ${object} ${renamed} COMMAND_ERROR_IS_FATAL ANY)
endforeach()
